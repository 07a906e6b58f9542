//! Names of units in the languages that training texts are written in.
//!
//! Made from the unit patterns of the Unicode CLDR, short and long, in 22 languages, with a few that people write besides. Names
//! that mean two units of the same kind are left out, and so are the pounds of half a kilogram and the miles of ten kilometres.

/// Names of the second.
pub(super) const SECOND: &str = "mp másodperc s saniye sec second seconde seconden secondes secondi secondo seconds secs secunde secundă seg segundo \
     segundos sek sekund sekunda sekunde sekunden sekunder sekundy sekunnit sekunti sekuntia sn δευτ δευτερόλεπτα \
     δευτερόλεπτο с секунд секунда секунди секунды 秒 秒钟 초";

/// Names of the minute.
pub(super) const MINUTE: &str = "dakika dk min mins minut minuta minute minuten minuter minutes minuti minuto minutos minutt minutter minuty minuut \
     minuutit minuutti minuuttia mn p perc λ λεπ λεπτά λεπτό мин минут минута минуты хв хвилин хвилина хвилини 分 分钟 분";

/// Names of the hour.
pub(super) const HOUR: &str = "godz godzin godzina godziny h heure heures hodin hodina hodiny hora horas hour hours hr hrs hs ora ore oră sa saat st \
     std stdn stunde stunden t tim time timer timmar timme tunnit tunti tuntia u uur ó óra ώ ώρα ώρες год годин година години \
     ч час часа часов часы 小时 時間 시간";

/// Names of the day.
pub(super) const DAY: &str = "d dag dage dagen day days den dia dias dne dni dnia dny dnů dygn dzień día días døgn giorni giorno gün j jour jours nap \
     pv päivä päivät päivää tag tage tg zi zile ημέρα ημέρες день дн дней дни дня дні днів 天 日 일";

/// Names of the metre.
pub(super) const METRE: &str = "m meter meters metr metra metre metres metri metrit metriä metro metros metru metry metrów metrů mtr mts mètre mètres \
     méter μ μέτρα μέτρο м метр метра метри метров метры метрів メートル 米 미터";

/// Names of the kilometre.
pub(super) const KILOMETRE: &str = "chilometri chilometro k kilometer kilometers kilometr kilometra kilometre kilometres kilometri kilometrit kilometriä \
     kilometru kilometry kilometrów kilometrů kilomètre kilomètres kilométer kilómetro kilómetros km kms quilómetro \
     quilómetros quilômetro quilômetros χιλιόμετρα χιλιόμετρο χλμ километр километра километров километры км кілометр \
     кілометра кілометри кілометрів キロメートル 公里 킬로미터";

/// Names of the mile.
pub(super) const MILE: &str = "maili mailia mailit meile meilen mi miglia miglio mijl mile miles milha milhas mili milla millas mille milles milă \
     mérföld míle μίλ μίλι μίλια ми мили миль миля милі マイル 英里 마일";

/// Names of the kilogram.
pub(super) const KILOGRAM: &str = "chili chilo chilogrammi chilogrammo kg kgs kilo kilogram kilograma kilograme kilogramm kilogramma kilogrammaa \
     kilogrammat kilogramme kilogrammes kilogramo kilogramos kilograms kilogramu kilogramy kilogramów kilogramů kilos quilo \
     quilograma quilogramas quilos κιλά κιλό χιλιόγραμμα χιλιόγραμμο кг килограмм килограмма килограммы кілограм кілограма \
     кілограми кілограмів キログラム 千克 킬로그램";

/// Names of the pound.
pub(super) const POUND: &str = "font funt funta funty funtów lb lbs libbra libbre liber libra libras libre libry pauna paunaa paunat pound pounds λίβρα \
     λίβρες λβ фнт фунт фунта фунти фунтов фунты фунтів ポンド 磅 파운드";
