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
    "it is still missing. One click is enough.",
}
TRANSACTIONAL = {
    "question": "After your latest experience with us, how likely are you to recommend "
    "{company} to a friend or colleague?",
    "subject": "{name}, how did we do?",
    "greeting": "Hello {name},\n\nyou were in touch with us recently. How did it go? Please "
    "tell us with one click: it takes ten seconds, and a person reads every answer.",
    "reminder_subject": "{name}, one question about your visit is still open",
    "reminder_greeting": "Hello {name},\n\nwe asked you how your latest experience with us "
    "went, and your opinion is still missing. One click is enough.",
}
EMPLOYEE = {
    "question": "How likely are you to recommend {company} as a place to work to a friend?",
    "why": "What is the main reason for your score?",
    "thanks": "Thank you! What you wrote counts, and nobody can see that it was you.",
    "preheader": "Anonymous. One question first, about two minutes in all.",
    "subject": "What is it like to work here? An anonymous question",
    "greeting": "Hello,\n\nwhat is it like to work at {company}? Please tell us openly. The "
    "survey is anonymous: nobody sees who gave which answer, and results are shown only for "
    "groups, never for one person.",
    "reminder_subject": "Your anonymous opinion about working here",
    "reminder_greeting": "Hello,\n\na few days ago we invited you to an anonymous survey about "
    "working at {company}. If you have answered already, thank you; if not, one click is enough "
    "to begin.",
    "footer": "You receive this message because you work at {company}. Answers are anonymous.",
}
BENCHMARK = {
    "question": "Think of the provider you use most. How likely are you to recommend it to a "
    "friend or colleague?",
    "thanks": "Thank you! Your answer has been added to the study.",
    "preheader": "Four short questions, about a minute.",
    "subject": "Which provider would you recommend?",
    "greeting": "Hello {name},\n\nthis is a short study of providers and how satisfied their "
    "customers are. Please think of the one you use most and choose a number. It takes about a "
    "minute.",
    "reminder_subject": "Your opinion of your provider is still missing",
    "reminder_greeting": "Hello {name},\n\na few days ago we invited you to a short study of "
    "providers, and your opinion is still missing. One click is enough to begin.",
    "footer": "You receive this message because you agreed to take part in studies.",
    "unsubscribe": "Do not invite me again",
}
FURTHER = {
    "why_promoter": "What do you like most?",
    "why_passive": "What would have made it a 10?",
    "why_detractor": "What went wrong, or what do you miss most?",
    "thanks_promoter": "Thank you! We will pass your words on to the people who earned them.",
    "thanks_passive": "Thank you! Your answer shows us what is still missing.",
    "thanks_detractor": "Thank you for telling us frankly, and sorry that we let you down. "
    "The people who can put it right will read your answer.",
    "review_label": "Tell others about us",
    "call_when": "When would a call suit you best?",
}
SCALES = {
    "csat": ("Very dissatisfied", "Very satisfied"),
    "ces": ("Strongly disagree", "Strongly agree"),
    "grid": ("Very poor", "Excellent"),
}
OTHER = "Something else"
ASPECTS = {
    "quality": "Quality",
    "value": "Value for money",
    "service": "Service and help",
    "ease": "How easy everything is",
    "trust": "Keeping promises",
}
DONE = {"yes": "Yes", "partly": "Partly", "no": "No"}
