"""The words of calendars: months, weekdays, halves of the day and time zones, in sixteen languages.

Words are in lower case, without a closing full stop, abbreviations included as the press
prints them. Zones are those that mean one offset wherever they are printed; `IST`, `BST` or
`ET` mean several or change with the season, and are left unread.
"""

MONTH_WORDS: tuple[str, ...] = (
    # English, French, German, Spanish, Italian, Portuguese, Dutch, Russian, Arabic, Turkish,
    # then Swedish, Norwegian, Danish, Polish, Romanian, Catalan
    "january jan janvier janv januar jänner enero ene gennaio gen janeiro januari января январь янв يناير جانفي ocak oca stycznia ianuarie gener",
    "february feb febr février févr fév fevrier februar feber febrero febbraio fevereiro fev februari февраля февраль фев февр فبراير فيفري şubat şub lutego februarie febrer",
    "march mar mars märz maerz mrz marzo março maart mrt marts марта март мар مارس mart marca martie març",
    "april apr avril avr abril abr aprile апреля апрель апр أبريل ابريل إبريل أفريل nisan nis kwietnia aprilie",
    "may mai mayo maggio mag maio mei maj мая май مايو ماي mayıs maja maig",
    "june jun juin juni junio giugno giu junho июня июнь июн يونيو يونية جوان haziran haz czerwca iunie juny",
    "july jul juillet juil juli julio luglio lug julho июля июль июл يوليو يولية جويلية temmuz tem lipca iulie juliol",
    "august aug août aout agosto ago ags augustus августа август авг أغسطس اغسطس أوت ağustos ağu augusti sierpnia",
    "september sept sep septembre septiembre setiembre settembre setembro set сентября сентябрь сен сент سبتمبر eylül eyl września septembrie setembre",
    "october oct octobre oktober okt octubre ottobre ott outubro out октября октябрь окт أكتوبر اكتوبر ekim eki października octombrie",
    "november nov novembre noviembre novembro ноября ноябрь ноя нояб نوفمبر kasım kas listopada noiembrie",
    "december dec décembre déc decembre dezember dez diciembre dic dicembre dezembro desember декабря декабрь дек ديسمبر aralık ara grudnia decembrie desembre",
)
MONTHS_OF_TWO_WORDS: dict[str, int] = {
    "كانون الثاني": 1,
    "شباط": 2,
    "آذار": 3,
    "اذار": 3,
    "نيسان": 4,
    "أيار": 5,
    "ايار": 5,
    "حزيران": 6,
    "تموز": 7,
    "آب": 8,
    "أيلول": 9,
    "ايلول": 9,
    "تشرين الأول": 10,
    "تشرين الاول": 10,
    "تشرين الثاني": 11,
    "كانون الأول": 12,
    "كانون الاول": 12,
}
"""The months of the Levant and Iraq, some of two words."""

WEEKDAY_WORDS: tuple[str, ...] = (
    "monday mon lundi lun montag lunes lunedì lunedi segunda-feira segunda maandag понедельник пн الاثنين الإثنين pazartesi måndag mandag poniedziałek luni dilluns",
    "tuesday tue tues mardi dienstag martes martedì martedi terça-feira terça dinsdag вторник вт الثلاثاء salı tisdag tirsdag wtorek marți dimarts",
    "wednesday wed weds mercredi mittwoch miércoles miercoles mercoledì mercoledi quarta-feira quarta woensdag среда среду ср الأربعاء الاربعاء çarşamba onsdag środa miercuri dimecres",
    "thursday thu thur thurs jeudi donnerstag jueves giovedì giovedi quinta-feira quinta donderdag четверг чт الخميس perşembe torsdag czwartek joi dijous",
    "friday fri vendredi freitag viernes venerdì venerdi sexta-feira sexta vrijdag пятница пятницу пт الجمعة cuma fredag piątek vineri divendres",
    "saturday sat samedi samstag sonnabend sábado sabado sabato zaterdag суббота субботу сб السبت cumartesi lördag lørdag sobota sâmbătă dissabte",
    "sunday sun dimanche sonntag domingo domenica zondag воскресенье вс الأحد الاحد pazar söndag søndag niedziela duminică diumenge",
)

PM_WORDS = ("p.m.", "p.m", "pm")
AM_WORDS = ("a.m.", "a.m", "am")

ZONES: dict[str, str] = {
    "z": "Z",
    "utc": "Z",
    "gmt": "Z",
    "est": "-05:00",
    "edt": "-04:00",
    "cdt": "-05:00",
    "mdt": "-06:00",
    "pst": "-08:00",
    "pdt": "-07:00",
    "cet": "+01:00",
    "cest": "+02:00",
    "mez": "+01:00",
    "mesz": "+02:00",
    "eet": "+02:00",
    "eest": "+03:00",
    "msk": "+03:00",
    "jst": "+09:00",
    "aest": "+10:00",
    "aedt": "+11:00",
    "мск": "+03:00",
}

ENGLISH_VERBS = frozenset({"may", "march", "mar", "sat", "sun", "set", "out", "ago", "ara", "gen"})
"""Words that are no month or weekday when they stand in small letters in an English text."""


def numbered(lines: tuple[str, ...], first: int) -> dict[str, int]:
    """Give each word of each line the line's number."""
    return {word: number for number, line in enumerate(lines, first) for word in line.split()}


MONTHS: dict[str, int] = numbered(MONTH_WORDS, 1) | MONTHS_OF_TWO_WORDS
WEEKDAYS: dict[str, int] = numbered(WEEKDAY_WORDS, 0)
"""Monday is 0."""
