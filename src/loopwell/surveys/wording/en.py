"""What do we say to customers in English?"""

COMMON = {
    "low": "Not at all likely",
    "high": "Extremely likely",
    "why": "What is the main reason for your score?",
    "consent": "May we contact you about your answer?",
    "thanks": "Thank you! Your answer has reached the people who can act on it.",
    "preheader": "One question, ten seconds.",
    "footer": "You receive this message because you are a customer of {company}.",
    "unsubscribe": "Do not ask me again",
}
RELATIONSHIP = {
    "question": "How likely are you to recommend {company} to a friend or colleague?",
    "subject": "{name}, would you recommend {company}?",
    "greeting": "Hello {name},\n\nwe would like to know what it is like to be our customer. "
    "Please tell us with one click: it takes ten seconds, and a person reads every answer.",
    "reminder_subject": "{name}, may we still have your opinion?",
    "reminder_greeting": "Hello {name},\n\na few days ago we asked you for your opinion, and "
    "it is still missing. One click is enough. We will not remind you again.",
}
TRANSACTIONAL = {
    "question": "After your latest experience with us, how likely are you to recommend "
    "{company} to a friend or colleague?",
    "subject": "{name}, how did we do?",
    "greeting": "Hello {name},\n\nyou were in touch with us recently. How did it go? Please "
    "tell us with one click: it takes ten seconds, and a person reads every answer.",
    "reminder_subject": "{name}, one question about your visit is still open",
    "reminder_greeting": "Hello {name},\n\nwe asked you how your latest experience with us "
    "went, and your opinion is still missing. One click is enough. We will not remind you again.",
}
