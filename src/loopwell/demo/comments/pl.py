"""How do Polish-speaking customers put it?"""
# ruff: noqa: E501 - a phrase with its choices stays on one line

from loopwell.demo.comments.phrases import Phrases, lines

SHORT = {
    "awful": "Tragedia|Dramat|Masakra|Nigdy więcej|Najgorszy operator|Brak słów|Wstyd|Kpina|Nie polecam nikomu|Fatalnie|Porażka|Żenada|Odchodzę|dno i metr mułu|Zero",
    "poor": "Słabo|Takie sobie|Bywało lepiej|{Spodziewałem/Spodziewałam} się więcej|Przeciętnie|Bez szału|Do poprawy|Kiedyś było lepiej|Na trójkę|Rozczarowanie|Mogło być lepiej|średnio",
    "fair": "ok|Może być|Nieźle|Dobrze|W porządku|Jest ok|Spoko|Nie narzekam|Całkiem przyzwoicie|W miarę|dobrze, ale bez fajerwerków|Ujdzie",
    "good": "Super|Rewelacja|Wszystko super|Dziękuję!|Polecam|Świetnie|Ekstra|Bardzo {zadowolony/zadowolona}|Najlepsi!|Brawo|Oby tak dalej|Pełen profesjonalizm|wszystko ok, polecam|Bez zastrzeżeń|Sztos|Szóstka z plusem",
}
OPENING = {
    "awful": """
        Jeszcze nikt mnie tak nie potraktował.
        [Szczerze mówiąc|Powiem wprost], jestem {wściekły/wściekła}. // Tak się nie robi.
        [Trzy lata|Pięć lat|Siedem lat|Dziesięć lat] u was i taka wdzięczność.
        To jakiś [cyrk|żart|skandal]. // Pytaliście, to piszę.
        Cierpliwość mi się skończyła. // Nie wiem, od czego zacząć.
    """,
    "poor": """
        {Liczyłem/Liczyłam} na [więcej|coś lepszego]. // Mogło być [lepiej|dużo lepiej].
        Trochę {rozczarowany/rozczarowana}. // Kiedyś było u was lepiej.
        Mam mieszane uczucia. // {Chciałem/Chciałam} dać więcej, ale…
        I to nie pierwszy raz. // Niesmak pozostał.
    """,
    "fair": """
        [Ogólnie|Generalnie|W sumie] [w porządku|dobrze|nieźle].
        Raczej {zadowolony/zadowolona}. // Dobrze, ale nie idealnie.
        Większych zastrzeżeń nie mam. // Prawie wszystko mi pasuje.
        Nieźle, jest jedno „ale”.
    """,
    "good": """
        Bardzo {zadowolony/zadowolona}. // Miłe zaskoczenie.
        Jestem z wami od [dwóch|czterech|sześciu|dziewięciu] lat i zostaję.
        Jak zawsze [bez problemów|na poziomie|super].
        Nie {spodziewałem/spodziewałam} się takiej obsługi. // Trzeba pochwalić.
        Wszystko poszło [gładko|sprawnie|jak należy].
    """,
}
CLOSING = {
    "awful": """
        Przenoszę się do [konkurencji|innego operatora]. // Opowiem o tym każdemu.
        Niech ktoś [zadzwoni i to wyjaśni|za to odpowie]. // Proszę o zwrot pieniędzy.
        Moja noga tam więcej nie postanie. // Straciliście klienta.
        Czy ktoś to w ogóle czyta? // [Wstyd.|Skandal.|Brak słów.]
        Zróbcie coś wreszcie.
    """,
    "poor": """
        Proszę to [poprawić|wyjaśnić]. // Mam nadzieję, że będzie lepiej.
        Jeszcze raz i [odchodzę|zmieniam operatora]. // Zobaczymy, czy coś się zmieni.
        Wystarczyłoby [przeprosić|uprzedzić|oddzwonić]. // Na razie nie polecam.
        Stać was na więcej. // Poprawicie, to podniosę ocenę.
    """,
    "fair": """
        Poza tym [wszystko dobrze|bez zastrzeżeń]. // Mogłoby być trochę taniej.
        Jest co poprawiać. // Tak trzymać, ale bez spoczywania na laurach.
        Trochę więcej uwagi i będzie dziesiątka. // Do dziesiątki niewiele zabrakło.
    """,
    "good": """
        Dziękuję! // [Dzięki|Wielkie dzięki] dla [całego zespołu|obsługi|was].
        Oby tak dalej! // {Poleciłem/Poleciłam} już [znajomym|sąsiadom|rodzicom|kolegom z pracy].
        Na pewno wrócę. // Tak to powinno wyglądać.
        Zasłużona dziesiątka. // Nic nie zmieniajcie.
    """,
}
CORE = {
    "long-waiting": """
        {Czekałem/Czekałam} [25|30|40|50] minut, żeby [wymienić kartę SIM|zapłacić rachunek|zadać jedno pytanie|odebrać zamówienie].
        Jedna osoba przy okienku i [osiem|dziesięć|dwanaście] osób w kolejce.
        Kolejka w salonie [ogromna|aż do drzwi|jak za komuny].
        {Wziąłem/Wzięłam} numerek o [piątej|wpół do piątej|dwunastej], obsłużono mnie po [czterdziestu minutach|godzinie].
        Trzy stanowiska, czynne jedno.
        {Wyszedłem/Wyszłam} po [pół godzinie|czterdziestu minutach], nikt nawet nie [podszedł|powiedział dzień dobry].
        W [soboty|weekendy] nie da się u was nic załatwić, za mało ludzi.
        Na błahą sprawę {straciłem/straciłam} [pół dnia|godzinę|całą przerwę].
    """,
    "long-waiting@call": """
        [20|25|35|40] minut z muzyczką w słuchawce.
        {Dodzwoniłem/Dodzwoniłam} się za [trzecim|czwartym|piątym] razem.
        {Czekałem/Czekałam} na linii [pół godziny|25 minut], a potem mnie rozłączyło.
        „Jesteś [dwunasty|czternasty] w kolejce” i wszystko jasne.
        Najpierw dziesięć minut z automatem, potem drugie tyle na człowieka.
        W poniedziałek dodzwonić się nie sposób.
        Nikt nie odbiera. Po [20|30] minutach {odpuściłem/odpuściłam}.
        Cała przerwa obiadowa na infolinii.
    """,
    "late-delivery": """
        Paczka przyszła [dwa|trzy|cztery] dni po terminie.
        Miało być [we wtorek|w czwartek|w piątek], przyszło [tydzień później|w poniedziałek|po trzech dniach].
        {Wziąłem/Wzięłam} wolne, a kurier nie przyjechał.
        Kurier nie [zadzwonił|przyjechał], a w statusie „klient nieobecny”.
        Dostawę przekładano [dwa|trzy] razy, nikt mnie nie [zapytał|uprzedził].
        {Siedziałem/Siedziałam} w domu od ósmej do ósmej i {czekałem/czekałam} na [kuriera|paczkę].
        „Dostawa jutro” trwała [pięć|sześć] dni.
        Kiedy będzie kurier, nie wiadomo: ani telefonu, ani SMS-a.
        Zamówienie [trzy dni|tydzień] leżało w magazynie i nikt nie wiedział dlaczego.
    """,
    "late-delivery@installation": """
        Monter spóźnił się [dwie|trzy] godziny. // Instalację przekładano [dwa|trzy] razy.
        {Wziąłem/Wzięłam} urlop na instalację, a monter przyjechał następnego dnia.
        [Dwa|Trzy] tygodnie czekania na termin, a potem jeszcze spóźnienie.
        O umówionej godzinie nikogo nie było, [nikt nie uprzedził|nikt nie odbierał].
    """,
    "billing-error": """
        [Znowu|Kolejny raz|Drugi miesiąc z rzędu] błąd na fakturze.
        Policzono mi [dwa razy|za wyłączoną usługę|za roaming, którego nie było].
        Na fakturze [38|46|52|67] euro zamiast [19|25|29].
        Obiecanego rabatu na fakturze nie ma.
        Na fakturze jest pozycja, której nikt nie umie wyjaśnić.
        Telewizję {wyłączyłem/wyłączyłam} [wiosną|w marcu|latem], a płacę do dziś.
        Faktura niezrozumiała, a do tego błędna.
        Pieniądze pobrano dwa razy, zwrotu [nie ma od tygodni|nie ma do dziś].
        Faktura ładna, ale kwota nie ta.
    """,
    "price": """
        [Drogo|Za drogo|Zdecydowanie za drogo].
        [Znowu|Kolejny raz] podwyżka [bez uprzedzenia|nie wiadomo za co].
        Nowi klienci płacą [połowę|mniej], a stali nic z tego nie mają.
        Za te pieniądze inni dają [więcej gigabajtów|dwa razy szybszy internet|jeszcze telefon].
        Ceny rosną, a jakość nie. // Płacę [35|42|49] euro miesięcznie i nie wiem za co.
        U konkurencji jest [taniej|o jedną trzecią taniej].
        O podwyżce {dowiedziałem/dowiedziałam} się z faktury.
    """,
    "rude-staff": """
        Pracownik [był opryskliwy|odzywał się niegrzecznie|był arogancki].
        Mówiono do mnie [jak do dziecka|z łaski|takim tonem, że chciało się wyjść].
        Na [proste|drugie] pytanie przewracanie oczami.
        Nikt nie powiedział dzień dobry, [nikt nawet nie spojrzał|wszyscy mieli to gdzieś].
        [Niemiła|Obojętna] obsługa, widać, że pracują za karę.
        Ciągle mi przerywano i odesłano z niczym.
        Doradca siedział w telefonie, kiedy {czekałem/czekałam} obok.
    """,
    "network-coverage": """
        Brak zasięgu [w domu|na wsi|na działce|w pociągu|w piwnicy].
        Rozmowy [ciągle|co pięć minut|za miastem] się urywają.
        Internet [wieczorami|w weekendy|co wieczór] ledwo zipie.
        Za miastem zasięg [żaden|fatalny|tylko na mapie]. // Jedna kreska, i to przy oknie.
        Światłowód obiecany dwa lata temu, czekamy do dziś.
        Prędkość nie ta, za którą płacę: [12|18|30] zamiast [100|300].
        W całym [bloku|biurze|podwórku] nic nie łapie.
    """,
    "app-problem": """
        Aplikacja [się wysypuje|zawiesza się|wylogowuje] [ciągle|po aktualizacji|co drugi raz].
        Nie mogę [się zalogować|zapłacić|zobaczyć faktury] w aplikacji.
        Po [ostatniej|nowej] aktualizacji aplikacja [muli|jest gorsza|jest nie do użycia].
        Strona [wyrzuciła błąd|zgubiła zamówienie|cztery razy pytała o hasło].
        Kod potwierdzający nie przychodzi.
        Godzinę {próbowałem/próbowałam} zmienić taryfę w internecie, skończyło się na infolinii.
        Strona płatności się zawiesiła i nie wiem, czy {zapłaciłem/zapłaciłam}.
        W nowym menu nic nie można znaleźć.
    """,
    "product-fault": """
        [Telefon|Router|Tablet] [się zepsuł|przestał działać|padł] po [dwóch dniach|tygodniu|miesiącu].
        Router [się restartuje|gubi połączenie] [co noc|kilka razy dziennie].
        Sprzedano mi telefon, który ktoś już [otwierał|używał].
        Telefon przyszedł [porysowany|rozładowany do zera|uszkodzony].
        Dekoder [się grzeje|muli], codziennie trzeba go restartować.
        To już drugi router na wymianę i to samo.
        Ekran [miga|zgasł] po [trzech dniach|dwóch tygodniach].
    """,
    "not-solved-first-time": """
        Zgłaszam to samo [trzeci|czwarty|piąty] raz.
        Każdy obiecuje oddzwonić, nikt nie oddzwania.
        Minęły [dwa tygodnie|trzy tygodnie], a problem [jest dalej|nierozwiązany].
        Za każdym razem tłumaczę wszystko od początku. // Odsyłają od działu do działu.
        Zgłoszenie zamknięto, choć nic nie [działa|zrobiono].
        Jeden dzień działało i znowu to samo. // Powiedzieli „gotowe”. Nic nie jest gotowe.
    """,
    "wrong-information": """
        W salonie powiedziano mi jedno, na infolinii [drugie|coś zupełnie innego].
        Doradca obiecał [rabat|darmową kartę|umowę bez zobowiązania], okazało się to nieprawdą.
        Miało to potrwać [dzień|dwa dni], trwało [dwa tygodnie|dziesięć dni].
        Źle mi wyjaśniono [umowę|roaming|zasady wypowiedzenia].
        Trzech pracowników, trzy różne odpowiedzi.
        Na stronie jedna cena, [na fakturze|w salonie] inna.
        O [opłacie aktywacyjnej|umowie na dwa lata|dopłacie] nikt nie wspomniał.
    """,
    "returns": """
        {Oddałem/Oddałam} [telefon|router|słuchawki] [trzy|cztery] tygodnie temu, pieniędzy dalej nie ma.
        Nie przyjęto telefonu, którego nawet nie {włączyłem/włączyłam}.
        Żeby oddać [router|etui|telefon], {musiałem/musiałam} jechać [dwa|trzy] razy.
        Bez pudełka zwrotu nie będzie. // „Zwrot w realizacji” od [miesiąca|trzech tygodni].
        Kazano odesłać pocztą, choć salon jest za rogiem.
    """,
    "stock": """
        Nie było [telefonu|etui|routera], po który {przyszedłem/przyszłam}.
        Na stronie „dostępny”, w salonie pusto.
        Nigdy nie ma [prostych modeli|właściwego koloru|ładowarek].
        {Przyjechałem/Przyjechałam} na darmo: [wyprzedane|znowu brak].
        Kazano przyjść [za tydzień|za dziesięć dni] i znowu nic.
        {Zarezerwowałem/Zarezerwowałam} w internecie, a towar już sprzedano.
    """,
    "friendly-staff": """
        Bardzo [miła|uprzejma|pomocna] [obsługa|ekipa].
        [Pan doradca|Pani w salonie] to [prawdziwy skarb|klasa sama w sobie|pełna profeska].
        Wszystko wyjaśnione [spokojnie|jasno|cierpliwie], [nawet mojej mamie|bez zbędnych słów|dwa razy].
        Ludzie znają się na rzeczy i potrafią słuchać.
        Potraktowano mnie [po ludzku|z szacunkiem|jak gościa].
        Pomogli od serca, niczego nie wciskali. // Uśmiech, dobra rada, zero nacisku.
        Grzecznie, konkretnie, [na temat|profesjonalnie].
        Wreszcie ktoś zrozumiale wyjaśnił mi moją taryfę.
    """,
    "friendly-staff@delivery": """
        Kurier bardzo [miły|uprzejmy|uważny].
        Kurier sam wniósł paczkę na [trzecie|piąte] piętro.
        Kierowca wcześniej zadzwonił, [miły|sympatyczny] człowiek.
        Kurier wszystko pokazał i wyjaśnił.
    """,
    "quick": """
        Szybko i [wygodnie|bez zbędnych pytań|konkretnie]. // Załatwione w [pięć|dziesięć] minut.
        Wszystko [od ręki|na miejscu|w mig]. // Żadnej kolejki, od razu [pomogli|obsłużyli].
        Szybciej, niż {myślałem/myślałam}.
        {Wszedłem/Weszłam}, załatwione, {wyszedłem/wyszłam}. [Super|Bajka].
    """,
    "quick@self-service": """
        Wszystko z kanapy w [dwie|trzy|pięć] minut. // Kilka kliknięć i gotowe.
        Szybko i [prosto|logicznie], bez szukania. // Płatność w kilka sekund, potwierdzenie od razu.
    """,
    "quick@call": """
        {Dodzwoniłem/Dodzwoniłam} się [od razu|w minutę].
        Jeden telefon, [trzy|cztery] minuty i po sprawie.
        Bez czekania, [szybka|konkretna] odpowiedź. // Odebrali natychmiast.
    """,
    "quick@delivery": """
        {Zamówiłem/Zamówiłam} [wczoraj|wieczorem], [dziś|rano] już było.
        Dostawa [na czas|dokładnie w terminie|dzień wcześniej].
        Kurier był [co do minuty|dokładnie w podanych godzinach].
        Szybka dostawa, dobrze zapakowane. // Przyszedł SMS z godziną i wtedy właśnie przyjechali.
    """,
    "quick@installation": """
        Monter punktualny, wszystko gotowe w [godzinę|czterdzieści minut].
        Internet działał po [pół godzinie|godzinie].
        Szybka i czysta instalacja, [żadnych śmieci|posprzątane].
    """,
    "good-value": """
        Dobry stosunek ceny do jakości.
        Na taryfie rodzinnej oszczędzamy [20|25|30] euro miesięcznie.
        [Taniej|Korzystniej] niż [u innych|u poprzedniego operatora].
        Doradca sam zaproponował tańszą taryfę. // Uczciwa cena, bez ukrytych opłat.
        Dużo gigabajtów za małe pieniądze.
    """,
    "good-network": """
        Zasięg [świetny|dobry] [wszędzie|nawet na działce|nawet w górach|w trasie].
        Internet [szybki|stabilny], [przez rok ani jednej awarii|nigdy nie padł].
        Łapie tam, gdzie [znajomym|innym] nie łapie.
        Postawili nowy maszt i teraz [na wsi wszystko śmiga|w domu jest pełny zasięg].
        Ani jednej zerwanej rozmowy. // Pracuję z domu bez żadnych przerw.
    """,
    "problem-solved": """
        Sprawa załatwiona [od ręki|za pierwszym razem|jednym telefonem].
        Błąd poprawiono [tego samego dnia|w godzinę] i [przeproszono|oddzwoniono].
        Ktoś [naprawdę|rzeczywiście] się tym zajął i doprowadził do końca.
        Naprawili za darmo i [szybko|w jeden dzień].
        {Przyszedłem/Przyszłam} z problemem, {wyszedłem/wyszłam} z rozwiązaniem.
        Jedno zgłoszenie i wszystko działa.
    """,
    "easy-to-use": """
        Aplikacja [wygodna|przejrzysta|świetna], wszystko [pod ręką|w jednym miejscu].
        {Zmieniłem/Zmieniłam} taryfę [w dwie minuty|trzema kliknięciami], nie wstając z kanapy.
        [Płatność|Doładowanie] to kilka sekund. // Nawet ja, mając [72|73|74] lata, daję radę.
        Strona [przejrzysta|wygodna|dobrze zrobiona].
        Wszystko da się zrobić online, nie trzeba dzwonić.
    """,
}
DETAIL = {
    "long-waiting": """
        Ludzie [wychodzili|się denerwowali|kłócili się].
        Z [małym dzieckiem|starszą mamą] to męka. // Ani krzesła, ani wody, ani przepraszam.
        I tak [za każdym razem|od miesięcy]. // Dlaczego nie można umówić wizyty?
        A sama sprawa zajęła [dwie|trzy] minuty.
    """,
    "long-waiting@call": """
        I tak co miesiąc. // Zatrudnijcie wreszcie ludzi. // Dlaczego nie można zamówić oddzwonienia?
        Bateria padła, zanim ktoś odebrał. // A sama sprawa zajęła dwie minuty.
    """,
    "late-delivery": """
        Gdzie jest paczka, nikt [nie wiedział|nie umiał powiedzieć].
        To był prezent [na urodziny|pod choinkę].
        Status na stronie nie zmieniał się [trzy dni|przez tydzień].
        {Dzwoniłem/Dzwoniłam} trzy razy. // Wystarczyłby jeden SMS.
        W końcu {odebrałem sam/odebrałam sama}.
    """,
    "billing-error": """
        {Pisałem/Pisałam} do was [dwa|trzy] razy.
        Obiecują korektę w następnym miesiącu i tak w kółko.
        Teraz jeszcze przysyłają wezwania do zapłaty. // Muszę sprawdzać każdą fakturę.
        To są [moje|nasze] pieniądze. // Za każdym razem godzina wyjaśniania.
    """,
    "price": """
        Emeryt to odczuwa. // Już porównuję oferty.
        Dla stałych klientów też by się coś przydało. // Jakość w porządku, cena nie.
        Wypadałoby chociaż wyjaśnić dlaczego.
    """,
    "rude-staff": """
        Jestem klientem, nie petentem. // [Mąż|Żona|Córka] do dziś nie może uwierzyć.
        Kierownik nawet nie chciał słuchać. // Inni tam są mili, więc się da.
        Przydałoby się szkolenie.
    """,
    "network-coverage": """
        Pracuję z domu, to dla mnie ważne. // Sąsiad ma innego operatora i mu działa.
        Infolinia za każdym razem każe restartować router. // W tym roku jest [gorzej|wcale nie lepiej].
        {Zgłaszałem/Zgłaszałam} to [wiosną|pół roku temu].
    """,
    "app-problem": """
        {Instalowałem/Instalowałam} ją od nowa [dwa|trzy] razy.
        Na [starym telefonie|telefonie żony] to samo. // Stara wersja była [lepsza|prostsza].
        Czatbot nie pomógł. // Testujcie, zanim wypuścicie.
    """,
    "product-fault": """
        Nikt nie chce wymienić. // Naprawa [trzy|cztery] tygodnie i żadnego zastępczego.
        A tani nie był. // Chcę nowy, nie naprawiany.
    """,
    "not-solved-first-time": """
        Numery wszystkich zgłoszeń mam zapisane. // Czy ktoś czyta te notatki?
        Nikt za nic nie odpowiada.
        Kosztowało mnie to [dwa wieczory|mnóstwo czasu|sporo nerwów].
        Ostatnia pani była miła, ale nie mogła pomóc.
    """,
    "wrong-information": """
        {Gdybym wiedział, nie podpisałbym/Gdybym wiedziała, nie podpisałabym}.
        Mam to na piśmie. // Szkolcie ludzi.
        W końcu {znalazłem/znalazłam} odpowiedź w internecie.
    """,
    "returns": """
        To moje prawo jako konsumenta. // Na maile nikt nie odpowiada.
        Paragon i numer przesyłki mam. // Sprzedać w minutę, zwrócić w miesiąc.
    """,
    "stock": """
        {Kupiłem/Kupiłam} [u konkurencji|gdzie indziej].
        {Jechałem/Jechałam} po to [20|30|40] kilometrów.
        Nikt nie zaproponował zamówienia ani telefonu do innego salonu.
        Aktualizujcie stany na stronie.
    """,
    "friendly-staff": """
        Dziś to rzadkość. // Proszę przekazać podziękowania.
        Tej osobie należy się premia! // Widać, że im zależy.
        I to w [sobotę|piątek po południu], przy takim ruchu.
    """,
    "quick": """
        {Byłem przygotowany/Byłam przygotowana} na [długą kolejkę|najgorsze].
        Oszczędziło mi to pół dnia. // Więcej takich spraw.
        I wszystko od razu [działa|się zgadza].
    """,
    "good-value": """
        {Porównywałem/Porównywałam} z innymi, u was lepiej.
        [Syn|Siostra|Sąsiad] też się przenosi. // Tylko nie podnoście ceny.
    """,
    "good-network": """
        Trzy telewizory, dzieci grają i wszystko chodzi. // U poprzedniego operatora tak nie było.
        Nawet w windzie!
    """,
    "problem-solved": """
        Nawet nie {musiałem/musiałam} się upominać. // {Bałem/Bałam} się, że będzie gorzej.
        To jest obsługa. // Potem jeszcze oddzwonili, miły gest.
    """,
    "easy-to-use": """
        Jeszcze tryb ciemny i będzie ideał. // Wreszcie widać, ile zostało gigabajtów.
        I żadnych papierów.
    """,
}

PHRASES = Phrases(
    short={mood: tuple(text.split("|")) for mood, text in SHORT.items()},
    opening={mood: lines(text) for mood, text in OPENING.items()},
    closing={mood: lines(text) for mood, text in CLOSING.items()},
    core={cause: lines(text) for cause, text in CORE.items()},
    detail={cause: lines(text) for cause, text in DETAIL.items()},
)
