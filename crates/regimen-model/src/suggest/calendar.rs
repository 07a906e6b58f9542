//! Names of weekdays and months in the languages that training texts are written in.
//!
//! Made from the Unicode CLDR, long and short, in 22 languages. Short names that are another day or month in another language
//! are left out.

use crate::vocabulary::Weekday;

/// The weekday that a word is a name of, in small letters.
pub fn weekday(word: &str) -> Option<Weekday> {
    let word = word.trim().trim_end_matches('.');
    let found = DAYS.iter().position(|names| names.split_whitespace().any(|name| name == word))?;
    Weekday::ALL.get(found).copied()
}

/// Whether a word, in small letters, is a name of a weekday, or its first letters, two or more.
pub fn may_be(word: &str, day: Weekday) -> bool {
    let word = word.trim().trim_end_matches('.');
    let names = Weekday::ALL.iter().position(|one| *one == day).and_then(|at| DAYS.get(at));
    let is_short = word.chars().count() > 1;
    names.is_some_and(|names| names.split_whitespace().any(|name| name == word || is_short && name.starts_with(word)))
}

/// The number of the month that a word is a name of, in small letters.
pub fn month(word: &str) -> Option<i16> {
    let word = word.trim().trim_end_matches('.');
    (1..).zip(MONTHS).find(|(_, names)| names.split_whitespace().any(|name| name == word)).map(|(number, _)| number)
}

/// The days of a text that names several: `saturday/sunday`, `Mon, Wed and Fri`, `mon-fri`. `None` if it has other words, or is
/// one day.
pub fn weekdays(text: &str) -> Option<Vec<Weekday>> {
    // Longer texts are sentences.
    let text = Some(text).filter(|text| text.len() <= 100)?.to_lowercase();
    let ends = text.split_once(['-', '\u{2013}']).and_then(|(from, to)| Some((weekday(from)?, weekday(to)?)));
    if let Some((from, to)) = ends {
        let all = Weekday::ALL.iter().cycle().copied().skip_while(|day| *day != from);
        let between: Vec<_> = all.take(7).take_while(|day| *day != to).chain([to]).collect();
        return Some(between).filter(|days| days.len() > 1);
    }
    let words = text.split(|c: char| c.is_whitespace() || "/,&+;|".contains(c));
    let words = words.filter(|word| !word.is_empty() && !AND.contains(word));
    let mut days: Vec<Weekday> = words.map(weekday).collect::<Option<_>>()?;
    days.dedup();
    Some(days).filter(|days| days.len() > 1)
}

/// Words between the last two of several.
const AND: [&str; 9] = ["and", "or", "und", "oder", "et", "ou", "y", "e", "en"];

/// Names of the days from Monday to Sunday.
const DAYS: [&str; 7] = [
    "hetfo hétfő lun lundi lunedi lunedì lunes luni ma maanantai maanantaina maandag man mandag mo mon monday montag mån \
     måndag pazartesi po pon pondeli pondělí poniedziałek pzt seg segunda segunda-feira δευ δευτέρα пн понедельник понеділок \
     周一 星期一 月 月曜日 월 월요일",
    "di dienstag dinsdag kedd mar mardi martedi martedì martes marti marți sal salı ter terca terca-feira terça terça-feira \
     ti tiistai tiistaina tir tirs tirsdag tis tisdag tu tue tues tuesday ut utery wt wtorek út úterý τρί τρίτη вт вторник \
     вівторок 周二 星期二 火 火曜日 화 화요일",
    "car carsamba ke keskiviikko keskiviikkona mer mercoledi mercoledì mercredi mi mie miercoles miercuri mittwoch mié \
     miércoles ons onsdag qua quarta quarta-feira sr sroda st streda středa sze szerda we wed wednesday weds wo woensdag çar \
     çarşamba śr środa τετ τετάρτη середа ср среда 周三 星期三 水 水曜日 수 수요일",
    "cs csutortok csütörtök ct ctvrtek czw czwartek do donderdag donnerstag gio giovedi giovedì jeu jeudi joi jue jueves per \
     persembe perşembe qui quinta quinta-feira th thu thur thurs thursday to tor tors torsdag torstai torstaina čt čtvrtek \
     πέμ πέμπτη четвер четверг чт 周四 星期四 木 木曜日 목 목요일",
    "cum cuma fr fre fredag freitag fri friday pa patek pe pentek perjantai perjantaina piatek piątek pt pá pátek péntek sex \
     sexta sexta-feira ven vendredi venerdi venerdì vie viernes vin vineri vr vrijdag παρ παρασκευή пʼятниця пт пятница 周五 \
     星期五 金 金曜日 금 금요일",
    "cmt cumartesi la lauantai lauantaina lor lordag lör lördag lør lørdag sa sab sabado sabato sam sambata samedi samstag \
     sat saturday sob sobota sonnabend szo szombat sáb sábado sâm sâmbătă za zaterdag σάβ σάββατο сб суббота субота 周六 土 土曜日 \
     星期六 토 토요일",
    "dim dimanche dom domenica domingo dum duminica duminică ne nedele neděle niedz niedziela paz pazar son sondag sonntag su \
     sun sunday sunnuntai sunnuntaina sön söndag søn søndag vasarnap vasárnap zo zondag κυρ κυριακή воскресенье вс нд неділя \
     周日 日 日曜日 星期日 일 일요일",
];

/// Names of the months from January to December.
const MONTHS: [&str; 12] = [
    "ene enero gen gennaio ian ianuarie jan janeiro januar januari january január janv janvier led leden ledna oca ocak sty \
     styczen styczeń stycznia tammi tammikuu tammikuuta ιαν ιανουάριος ιανουαρίου січ січень січня янв январь января 一月",
    "feb febbraio febr febrero februar februari februarie february február fev fevereiro fevr fevrier févr février helmi \
     helmikuu helmikuuta lut lutego luty sub subat uno unor unora úno únor února şub şubat φεβ φεβρουάριος φεβρουαρίου лют \
     лютий лютого февр февраль февраля 二月",
    "bre brezen brezna bře březen března maalis maaliskuu maaliskuuta maart mar marc marca march marcius marco mars mart \
     martie marts marz marzec marzo março mrt márc március mär märz μάρ μάρτιος μαρ μαρτίου бер березень березня мар март \
     марта 三月",
    "abr abril apr april aprile aprilie aprilis avr avril dub duben dubna huhti huhtikuu huhtikuuta kwi kwiecien kwiecień \
     kwietnia nis nisan ápr április απρ απρίλιος απριλίου апр апрель апреля квіт квітень квітня 四月",
    "kve kveten kvetna kvě květen května mag maggio mai maio maj maja majus may mayo mayıs mei máj május touko toukokuu \
     toukokuuta μάι μάιος μαΐ μαΐου май мая трав травень травня 五月",
    "cerven cervna cvn cze czerwca czerwiec giu giugno haz haziran iun iunie juin jun june junho juni junio junius jún június \
     kesa kesakuu kesakuuta kesä kesäkuu kesäkuuta červen června čvn ιουν ιουνίου ιούν ιούνιος июн июнь июня черв червень \
     червня 六月",
    "cervence cervenec cvc heina heinakuu heinakuuta heinä heinäkuu heinäkuuta iul iulie juil juillet jul julho juli julio \
     julius july júl július lip lipca lipiec lug luglio tem temmuz července červenec čvc ιουλ ιουλίου ιούλ ιούλιος июл июль \
     июля лип липень липня 七月",
    "ago agosto agu agustos aout août aug august augusti augustus augusztus ağu ağustos elo elokuu elokuuta sie sierpien \
     sierpień sierpnia srp srpen srpna αυγ αυγούστου αύγ αύγουστος авг август августа серп серпень серпня 八月",
    "eyl eylul eylül sep sept september septembre septembrie septiembre set setembro settembre syys syyskuu syyskuuta szept \
     szeptember wrz wrzesien wrzesień wrzesnia września zar zari zář září σεπ σεπτέμβριος σεπτεμβρίου вер вересень вересня \
     сент сентябрь сентября 九月",
    "eki ekim loka lokakuu lokakuuta oct october octobre octombrie octubre okt oktober október ott ottobre out outubro paz \
     pazdziernik pazdziernika paź październik października rij rijen rijna říj říjen října οκτ οκτωβρίου οκτώβριος жовт \
     жовтень жовтня окт октябрь октября 十月",
    "kas kasım lis listopad listopada listopadu marras marraskuu marraskuuta noiembrie nov november novembre novembro \
     noviembre νοέ νοέμβριος νοε νοεμβρίου лист листопад листопада нояб ноябрь ноября 十一月",
    "ara aralık dec december decembre decembrie des desember dez dezember dezembro dic dicembre diciembre déc décembre gru \
     grudnia grudzien grudzień joulu joulukuu joulukuuta pro prosince prosinec δεκ δεκέμβριος δεκεμβρίου груд грудень грудня \
     дек декабрь декабря 十二月",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_days_and_months_are_known_in_many_languages() {
        for (name, number) in [
            ("sonntag", 6),
            ("lundi", 0),
            ("mo", 0),
            ("mi.", 2),
            ("sábado", 5),
            ("sabado", 5),
            ("giovedì", 3),
            ("woensdag", 2),
            ("terça-feira", 1),
            ("wtorek", 1),
            ("суббота", 5),
            ("土曜日", 5),
        ] {
            assert_eq!(weekday(name), Weekday::ALL.get(number).copied(), "{name}");
        }
        for (name, number) in [("januar", 1), ("märz", 3), ("marz", 3), ("août", 8), ("dic", 12), ("мая", 5)] {
            assert_eq!(month(name), Some(number), "{name}");
        }
        assert_eq!((weekday("rest"), weekday(""), month("13")), (None, None, None));
    }

    #[test]
    fn several_days_are_told_apart_from_one() {
        let shown =
            |text: &str| weekdays(text).map(|days| days.iter().map(|day| &day.as_str()[..2]).collect::<String>());
        for (text, expected) in [
            ("saturday/sunday", Some("sasu")),
            ("Sat & Sun", Some("sasu")),
            ("lundi, mercredi et vendredi", Some("mowefr")),
            ("mon-fri", Some("motuwethfr")),
            ("fri-mon", Some("frsasumo")),
            ("monday", None),
            ("segunda-feira", None),
            ("monday or later", None),
            ("", None),
        ] {
            assert_eq!(shown(text).as_deref(), expected, "{text}");
        }
    }
}
