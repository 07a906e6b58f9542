//! Closed vocabularies: the words that facts may use, one type for each.

/// Declares an enum whose variants are kebab-case words in files and keys of the labels file.
macro_rules! vocabulary {
    ($(
        $(#[doc = $about:literal])+
        $name:ident in $section:literal { $( $(#[doc = $meaning:literal])+ $variant:ident = $word:literal ),+ $(,)? }
    )+) => {$(
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $( $(#[doc = $meaning])+ #[serde(rename = $word)] $variant, )+
        }

        impl $name {
            /// Every word of this vocabulary, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Every word with its meaning, in order.
            const MEANINGS: &'static [(&'static str, &'static str)] = &[$(($word, concat!($($meaning),+))),+];

            /// The word as it is written in files.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                crate::json_schema::vocabulary(concat!($($about),+), Self::MEANINGS)
            }
        }

        impl Labelled for $name {
            fn label_key(self) -> (&'static str, &'static str) {
                ($section, self.as_str())
            }

            fn label_place(self) -> (usize, usize) {
                (Vocabulary::$name as usize, self as usize)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )+

        /// The vocabularies in the order of `SECTIONS`.
        enum Vocabulary {
            $($name),+
        }

        /// The section and key of every label that there is.
        pub fn all_label_keys() -> impl Iterator<Item = (&'static str, &'static str)> {
            std::iter::empty()$(.chain($name::ALL.iter().map(|word| ($section, word.as_str()))))+
        }

        /// The sections of labels, each with its keys and what they mean.
        pub(crate) const SECTIONS: &[(&str, &[(&str, &str)])] = &[$(($section, $name::MEANINGS)),+];
    };
}

vocabulary! {
    /// What an exercise trains.
    ExerciseKind in "exercise-kind" {
        /// Force against resistance.
        Strength = "strength",
        /// Force at speed.
        Power = "power",
        /// Jumps and bounds.
        Plyometric = "plyometric",
        /// Force without movement.
        Isometric = "isometric",
        /// Range of movement.
        Mobility = "mobility",
        /// A stretch that is held.
        StaticStretch = "static-stretch",
        /// A stretch in movement.
        DynamicStretch = "dynamic-stretch",
        /// Keeping upright.
        Balance = "balance",
        /// Coordination.
        Neuromotor = "neuromotor",
        /// Heart and lungs.
        Cardio = "cardio",
        /// Technique.
        Drill = "drill",
        /// Breathing.
        Breathing = "breathing",
        /// Pressure on soft tissue.
        SelfMassage = "self-massage",
    }
    /// The movement pattern of an exercise.
    Pattern in "pattern" {
        /// Hip hinge.
        Hinge = "hinge",
        /// Squat.
        Squat = "squat",
        /// Lunge.
        Lunge = "lunge",
        /// Step.
        Step = "step",
        /// Push away.
        PushHorizontal = "push-horizontal",
        /// Push up.
        PushVertical = "push-vertical",
        /// Pull in.
        PullHorizontal = "pull-horizontal",
        /// Pull down.
        PullVertical = "pull-vertical",
        /// Carry.
        Carry = "carry",
        /// Rotation.
        Rotation = "rotation",
        /// Resisting extension of the spine.
        AntiExtension = "anti-extension",
        /// Resisting rotation of the spine.
        AntiRotation = "anti-rotation",
        /// Resisting bending sideways.
        AntiLateralFlexion = "anti-lateral-flexion",
        /// Bending the trunk forwards.
        TrunkFlexion = "trunk-flexion",
        /// Straightening the trunk.
        TrunkExtension = "trunk-extension",
        /// Bending the trunk sideways.
        LateralFlexion = "lateral-flexion",
        /// Lifting the thigh forwards.
        HipFlexion = "hip-flexion",
        /// Moving the thigh backwards.
        HipExtension = "hip-extension",
        /// Turning the thigh inwards or outwards.
        HipRotation = "hip-rotation",
        /// Leg away from the midline.
        HipAbduction = "hip-abduction",
        /// Leg to the midline.
        HipAdduction = "hip-adduction",
        /// Bending the knee.
        KneeFlexion = "knee-flexion",
        /// Straightening the knee.
        KneeExtension = "knee-extension",
        /// Rising on the toes.
        CalfRaise = "calf-raise",
        /// Moving the ankle otherwise, such as toes towards the shin or the sole inwards.
        Ankle = "ankle",
        /// Work of the foot and the toes.
        Foot = "foot",
        /// Jump.
        Jump = "jump",
        /// Throw.
        Throw = "throw",
        /// Clean, jerk, snatch and parts of them.
        OlympicLift = "olympic-lift",
        /// Walking and running.
        Gait = "gait",
        /// Moving along on hands and feet or knees.
        Crawl = "crawl",
        /// One joint of the arm.
        IsolationArm = "isolation-arm",
        /// The shoulder joint alone, such as raises, flies and turning the arm.
        IsolationShoulder = "isolation-shoulder",
        /// The shoulder blade, such as shrugs.
        Scapula = "scapula",
        /// Wrist and forearm.
        Wrist = "wrist",
        /// Closing and opening the hand.
        Grip = "grip",
        /// Neck.
        Neck = "neck",
        /// Stretch.
        Stretch = "stretch",
        /// Balance.
        Balance = "balance",
        /// Breathing.
        Breathing = "breathing",
    }
    /// Which way the force goes.
    Force in "force" {
        /// Away from the body.
        Push = "push",
        /// Towards the body.
        Pull = "pull",
        /// Without movement.
        Static = "static",
    }
    /// How many joints work.
    Mechanic in "mechanic" {
        /// Several.
        Compound = "compound",
        /// One.
        Isolation = "isolation",
    }
    /// The plane of the movement.
    Plane in "plane" {
        /// Forwards and backwards.
        Sagittal = "sagittal",
        /// Sideways.
        Frontal = "frontal",
        /// Turning.
        Transverse = "transverse",
        /// More than one.
        Multi = "multi",
    }
    /// Which limbs work at a time.
    Laterality in "laterality" {
        /// Both together.
        Bilateral = "bilateral",
        /// One side, then the other.
        Unilateral = "unilateral",
        /// One side and the other in turns.
        Alternating = "alternating",
    }
    /// What a muscle does in an exercise.
    MuscleRole in "muscle-role" {
        /// Prime mover: it does most of the work.
        Prime = "prime",
        /// Synergist: it helps.
        Synergist = "synergist",
        /// Stabiliser: it holds still.
        Stabiliser = "stabiliser",
    }
    /// From which side a muscle is seen.
    Side in "side" {
        /// From the front.
        Front = "front",
        /// From the back.
        Back = "back",
    }
    /// The part of the body in which a muscle lies.
    Region in "region" {
        /// Neck.
        Neck = "neck",
        /// Shoulder.
        Shoulder = "shoulder",
        /// Upper arm.
        UpperArm = "upper-arm",
        /// Forearm.
        Forearm = "forearm",
        /// Trunk.
        Trunk = "trunk",
        /// Back.
        Back = "back",
        /// Hip.
        Hip = "hip",
        /// Thigh.
        Thigh = "thigh",
        /// Lower leg.
        LowerLeg = "lower-leg",
    }
    /// A joint or a part of the body that moves.
    Joint in "joint" {
        /// Neck.
        Neck = "neck",
        /// Shoulder.
        Shoulder = "shoulder",
        /// Shoulder blade.
        Scapula = "scapula",
        /// Elbow.
        Elbow = "elbow",
        /// Forearm.
        Forearm = "forearm",
        /// Wrist.
        Wrist = "wrist",
        /// Spine.
        Spine = "spine",
        /// Trunk.
        Trunk = "trunk",
        /// Pelvis.
        Pelvis = "pelvis",
        /// Hip.
        Hip = "hip",
        /// Knee.
        Knee = "knee",
        /// Ankle.
        Ankle = "ankle",
        /// Foot.
        Foot = "foot",
        /// Toes.
        Toes = "toes",
    }
    /// A movement of a joint.
    Motion in "motion" {
        /// Bending.
        Flexion = "flexion",
        /// Straightening.
        Extension = "extension",
        /// Away from the midline.
        Abduction = "abduction",
        /// To the midline.
        Adduction = "adduction",
        /// To the midline at shoulder height.
        HorizontalAdduction = "horizontal-adduction",
        /// Turning inwards.
        InternalRotation = "internal-rotation",
        /// Turning outwards.
        ExternalRotation = "external-rotation",
        /// Turning.
        Rotation = "rotation",
        /// Bending sideways.
        LateralFlexion = "lateral-flexion",
        /// Holding steady.
        Stabilisation = "stabilisation",
        /// Tilting the pelvis back.
        PosteriorTilt = "posterior-tilt",
        /// Lifting.
        Elevation = "elevation",
        /// Lowering.
        Depression = "depression",
        /// Forwards round the ribs.
        Protraction = "protraction",
        /// Back to the spine.
        Retraction = "retraction",
        /// Turning the shoulder blade up.
        UpwardRotation = "upward-rotation",
        /// Turning the shoulder blade down.
        DownwardRotation = "downward-rotation",
        /// Toes towards the shin.
        Dorsiflexion = "dorsiflexion",
        /// Toes away from the shin.
        Plantarflexion = "plantarflexion",
        /// Sole inwards.
        Inversion = "inversion",
        /// Sole outwards.
        Eversion = "eversion",
        /// Palm up.
        Supination = "supination",
        /// Palm down.
        Pronation = "pronation",
        /// Towards the thumb.
        RadialDeviation = "radial-deviation",
    }
    /// What kind of thing a piece of equipment is.
    EquipmentKind in "equipment-kind" {
        /// Barbells, dumbbells, kettlebells.
        FreeWeight = "free-weight",
        /// A machine.
        Machine = "machine",
        /// An elastic band.
        Band = "band",
        /// A bench, bar or other fixed support.
        BodyweightStation = "bodyweight-station",
        /// A mat or pad.
        Mat = "mat",
        /// A treadmill, bicycle or the like.
        Cardio = "cardio",
        /// Anything else.
        Other = "other",
    }
    /// What a session is for.
    SessionKind in "session-kind" {
        /// Strength.
        Strength = "strength",
        /// Mobility.
        Mobility = "mobility",
        /// Running.
        Run = "run",
        /// Cycling.
        Ride = "ride",
        /// Swimming.
        Swim = "swim",
        /// Walking.
        Walk = "walk",
        /// Another sport.
        CrossTrain = "cross-train",
        /// Rest.
        Rest = "rest",
        /// A test of progress.
        Test = "test",
        /// A race.
        Race = "race",
        /// Anything else.
        Other = "other",
    }
    /// What a step is done as.
    Sport in "sport" {
        /// Running.
        Run = "run",
        /// Cycling.
        Ride = "ride",
        /// Swimming.
        Swim = "swim",
        /// Rowing.
        Row = "row",
        /// Walking.
        Walk = "walk",
        /// Skiing.
        Ski = "ski",
    }
    /// A part of a session.
    Section in "section" {
        /// Warm-up.
        WarmUp = "warm-up",
        /// Main part.
        Main = "main",
        /// Accessory work.
        Accessory = "accessory",
        /// Cool-down.
        CoolDown = "cool-down",
    }
    /// What a phase of a programme is for.
    PhaseKind in "phase-kind" {
        /// Laying the base.
        Base = "base",
        /// Building up.
        Build = "build",
        /// The hardest weeks.
        Peak = "peak",
        /// Less before a race.
        Taper = "taper",
        /// Race.
        Race = "race",
        /// Recovery.
        Recovery = "recovery",
        /// A lighter week.
        Deload = "deload",
        /// Between two seasons.
        Transition = "transition",
        /// Back from injury.
        Rehab = "rehab",
    }
    /// What sets a week apart from the others, for the titles of calendar entries.
    WeekMark in "week-mark" {
        /// Less than in the weeks around it.
        Lighter = "lighter",
        /// Recovery.
        Recovery = "recovery",
        /// Less before a race.
        Taper = "taper",
        /// The week of a race.
        Race = "race",
    }
    /// How a set is done.
    SetType in "set-type" {
        /// As it says.
        Normal = "normal",
        /// To warm up.
        Warmup = "warmup",
        /// As many reps as possible.
        Amrap = "amrap",
        /// On to a lower weight without rest.
        Dropset = "dropset",
        /// A long set, then short ones.
        Myo = "myo",
        /// Short rests inside the set.
        Cluster = "cluster",
        /// Holding still.
        IsoHold = "iso-hold",
    }
    /// What kind of publication a source is.
    SourceKind in "source-kind" {
        /// A paper in a journal.
        Article = "article",
        /// A guideline or position statement.
        Guideline = "guideline",
        /// A book.
        Book = "book",
        /// A web page.
        Web = "web",
    }
    /// Which part a picture plays.
    MediaRole in "media-role" {
        /// The whole movement in one picture.
        Overview = "overview",
        /// The start position.
        Start = "start",
        /// The end position.
        End = "end",
        /// A close-up.
        Detail = "detail",
        /// A mistake.
        Mistake = "mistake",
    }
    /// A day of the week.
    Weekday in "weekday" {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
    /// A day of the week in short, above columns that have no room for the whole word.
    WeekdayShort in "weekday-short" {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
    /// Words inside a line, for languages that write them otherwise there than alone.
    Inside in "inside" {
        /// The muscle role `prime` behind a muscle.
        Prime = "prime",
        /// The muscle role `synergist` behind a muscle.
        Synergist = "synergist",
        /// The muscle role `stabiliser` behind a muscle.
        Stabiliser = "stabiliser",
        /// The intensity `recovery` behind a length.
        Recovery = "recovery",
        /// The intensity `rest` behind a length.
        Rest = "rest",
        /// The intensity `walk` behind a length.
        Walk = "walk",
        /// The intensity `warm-up` behind a length.
        WarmUp = "warm-up",
        /// The intensity `cool-down` behind a length.
        CoolDown = "cool-down",
        /// The intensity `strides` behind a length.
        Strides = "strides",
        /// What is faster within a stretch, behind a length without a pace.
        Fast = "fast",
        /// The sport `run` behind a length.
        Run = "run",
        /// The sport `ride` behind a length.
        Ride = "ride",
        /// The sport `swim` behind a length.
        Swim = "swim",
        /// The sport `row` behind a length.
        Row = "row",
        /// The sport `ski` behind a length.
        Ski = "ski",
        /// No equipment, as one of several choices.
        NoEquipment = "no-equipment",
    }
    /// What a step of a run is for, as FIT names them.
    Intensity in "intensity" {
        /// The work, unless stated.
        Active = "active",
        /// A hard stretch among easy ones.
        Interval = "interval",
        /// A short stretch that is fast and relaxed, among easy running.
        Strides = "strides",
        /// An easy stretch between hard ones.
        Recovery = "recovery",
        /// Standing or walking.
        Rest = "rest",
        /// Walking.
        Walk = "walk",
        /// Getting ready.
        WarmUp = "warm-up",
        /// Coming down.
        CoolDown = "cool-down",
    }
    /// A pace that runners know by name.
    PaceName in "pace" {
        /// Talking is easy.
        Easy = "easy",
        /// Between easy and threshold.
        Steady = "steady",
        /// What could be held for a marathon.
        Marathon = "marathon",
        /// What could be held for a half marathon.
        HalfMarathon = "half-marathon",
        /// What could be held for about an hour.
        Threshold = "threshold",
        /// What could be held for 10 km.
        TenKilometres = "10k",
        /// What could be held for 5 km.
        FiveKilometres = "5k",
        /// What could be held for 3 km.
        ThreeKilometres = "3k",
        /// What could be held for a mile.
        Mile = "mile",
        /// That of the race the plan is for.
        Race = "race",
    }
    /// A month.
    Month in "month" {
        /// January.
        January = "january",
        /// February.
        February = "february",
        /// March.
        March = "march",
        /// April.
        April = "april",
        /// May.
        May = "may",
        /// June.
        June = "june",
        /// July.
        July = "july",
        /// August.
        August = "august",
        /// September.
        September = "september",
        /// October.
        October = "october",
        /// November.
        November = "november",
        /// December.
        December = "december",
    }
    /// The title of a box that stands out.
    CalloutTitle in "callout" {
        /// Something good to know.
        Note = "note",
        /// A hint that makes life easier.
        Tip = "tip",
        /// What must not be missed.
        Important = "important",
        /// Something that may go wrong.
        Warning = "warning",
        /// When to stop, or to ask a professional.
        Caution = "caution",
    }
    /// Things that are counted, with plural forms and `{n}`.
    Counted in "count" {
        /// Weeks.
        Weeks = "weeks",
        /// Days.
        Days = "days",
        /// Misses in a row.
        Misses = "misses",
        /// Sets.
        Sets = "sets",
        /// Repetitions.
        Reps = "reps",
        /// Rounds.
        Rounds = "rounds",
        /// Times a day.
        TimesPerDay = "times-per-day",
        /// Every so many days.
        EveryDays = "every-days",
        /// So many other exercises, behind the first of them.
        MoreExercises = "more-exercises",
        /// Sessions a week.
        SessionsPerWeek = "sessions-per-week",
        /// Repetitions in reserve.
        RepsInReserve = "reps-in-reserve",
    }
    /// The units of amounts, with `{n}` for the number.
    UnitName in "unit" {
        /// Seconds.
        Second = "second",
        /// Minutes.
        Minute = "minute",
        /// Hours.
        Hour = "hour",
        /// Metres.
        Metre = "metre",
        /// Kilometres.
        Kilometre = "kilometre",
        /// Miles.
        Mile = "mile",
        /// Yards.
        Yard = "yard",
        /// Kilograms.
        Kilogram = "kilogram",
        /// Pounds.
        Pound = "pound",
        /// Per cent of the one-repetition maximum.
        PercentOneRepMax = "percent-one-rep-max",
        /// Per cent of the training maximum.
        PercentTrainingMax = "percent-training-max",
        /// Per cent of body weight.
        PercentBodyweight = "percent-bodyweight",
        /// The weight for just this many repetitions.
        RepMax = "rep-max",
        /// Per cent of the load of the set before.
        PercentLast = "percent-last",
        /// Minutes and seconds for a kilometre.
        MinutesPerKilometre = "minutes-per-kilometre",
        /// Minutes and seconds for a mile.
        MinutesPerMile = "minutes-per-mile",
        /// Minutes and seconds for a hundred metres.
        MinutesPerHundredMetres = "minutes-per-hundred-metres",
        /// Minutes and seconds for a hundred yards.
        MinutesPerHundredYards = "minutes-per-hundred-yards",
        /// Minutes and seconds for five hundred metres.
        MinutesPerFiveHundredMetres = "minutes-per-five-hundred-metres",
        /// Seconds more or less for a kilometre.
        SecondsPerKilometre = "seconds-per-kilometre",
        /// Seconds more or less for a mile.
        SecondsPerMile = "seconds-per-mile",
        /// Seconds more or less for a hundred metres.
        SecondsPerHundredMetres = "seconds-per-hundred-metres",
        /// Seconds more or less for a hundred yards.
        SecondsPerHundredYards = "seconds-per-hundred-yards",
        /// Seconds more or less for five hundred metres.
        SecondsPerFiveHundredMetres = "seconds-per-five-hundred-metres",
        /// Heart beats a minute.
        BeatsPerMinute = "beats-per-minute",
        /// Per cent of the highest heart rate.
        PercentMaxHeartRate = "percent-max-heart-rate",
        /// Per cent of the heart rate at the lactate threshold.
        PercentThresholdHeartRate = "percent-threshold-heart-rate",
        /// Kilometres an hour.
        KilometresPerHour = "kilometres-per-hour",
        /// Miles an hour.
        MilesPerHour = "miles-per-hour",
        /// Watts.
        Watt = "watt",
        /// Per cent of the functional threshold power.
        PercentThresholdPower = "percent-threshold-power",
        /// Strokes a minute, of arms or oars.
        StrokesPerMinute = "strokes-per-minute",
        /// Steps a minute.
        StepsPerMinute = "steps-per-minute",
        /// Turns of the cranks a minute.
        TurnsPerMinute = "turns-per-minute",
    }
    /// How readers get a plan into their calendar app.
    CalendarHelp in "calendar-help" {
        /// Heading over all of it.
        Title = "title",
        /// What to do with an address.
        Subscribe = "subscribe",
        /// What to do with an address that stands elsewhere.
        SubscribeElsewhere = "subscribe-elsewhere",
        /// The name of the address.
        Address = "address",
        /// The name of the same as a link that opens the app.
        Link = "link",
        /// What to do with the `{file}`.
        Import = "import",
        /// What to do with the `{files}`, if a calendar takes more than one.
        ImportSeveral = "import-several",
        /// What to do when the plan changes, for those who subscribed.
        WhenSubscribed = "when-subscribed",
        /// What to do when the plan changes, for those who imported.
        WhenImported = "when-imported",
        /// The name of Apple's apps.
        Apple = "apple",
        /// How it subscribes.
        AppleSubscribe = "apple-subscribe",
        /// How it imports.
        AppleImport = "apple-import",
        /// The name of Google Calendar.
        Google = "google",
        /// How it subscribes.
        GoogleSubscribe = "google-subscribe",
        /// How it imports.
        GoogleImport = "google-import",
        /// The name of apps on Android.
        Android = "android",
        /// How they subscribe.
        AndroidSubscribe = "android-subscribe",
        /// How they import.
        AndroidImport = "android-import",
        /// The name of Outlook, the new one and the one on the web.
        Outlook = "outlook",
        /// How it subscribes.
        OutlookSubscribe = "outlook-subscribe",
        /// How it imports.
        OutlookImport = "outlook-import",
        /// The name of Outlook as it was before, on Windows.
        OutlookClassic = "outlook-classic",
        /// How it subscribes.
        OutlookClassicSubscribe = "outlook-classic-subscribe",
        /// How it imports.
        OutlookClassicImport = "outlook-classic-import",
        /// The name of Thunderbird.
        Thunderbird = "thunderbird",
        /// How it subscribes.
        ThunderbirdSubscribe = "thunderbird-subscribe",
        /// How it imports.
        ThunderbirdImport = "thunderbird-import",
        /// The name of Nextcloud.
        Nextcloud = "nextcloud",
        /// How it subscribes.
        NextcloudSubscribe = "nextcloud-subscribe",
        /// How it imports.
        NextcloudImport = "nextcloud-import",
        /// The name of the apps of Linux desktops.
        Linux = "linux",
        /// How it subscribes.
        LinuxSubscribe = "linux-subscribe",
        /// How it imports.
        LinuxImport = "linux-import",
    }
    /// Texts between the author's words. Names in braces are filled in.
    Label in "text" {
        /// "Page {page} of {pages}".
        PageOf = "page-of",
        /// The `{title}` of a box, a list or a card again where it goes on over a page.
        Continued = "continued",
        /// The heading of a table of contents.
        Contents = "contents",
        /// The heading of the list of addresses that links lead to.
        Links = "links",
        /// `{words}` and the `{address}` that they lead to, in plain text.
        LinkTo = "link-to",
        /// `{words}` that are struck out, in plain text.
        StruckOut = "struck-out",
        /// A date: `{weekday}`, `{day}`, `{month}`, `{year}`.
        Date = "date",
        /// A date without its weekday.
        DateShort = "date-short",
        /// The sign between whole number and fraction.
        DecimalSign = "decimal-sign",
        /// Between the items of a list in running text.
        ListSeparator = "list-separator",
        /// Between things that have commas of their own.
        ItemSeparator = "item-separator",
        /// Between short facts in one line.
        FactSeparator = "fact-separator",
        /// "{part}:" before what a part of a session holds.
        PartOf = "part-of",
        /// Between alternatives in running text.
        Or = "or",
        /// The same behind a list, whose end it marks.
        OrBehindList = "or-behind-list",
        /// Between things that are needed together.
        And = "and",
        /// No equipment at all.
        NoEquipment = "no-equipment",
        /// Heading over what an exercise trains.
        Muscles = "muscles",
        /// Heading over what an exercise needs.
        Equipment = "equipment",
        /// Heading over how hard it is.
        Level = "level",
        /// "{level} of 5".
        LevelOf = "level-of",
        /// Heading over how much.
        Dose = "dose",
        /// A date without weekday and year.
        DayMonth = "day-month",
        /// Heading over the name of an exercise.
        Exercise = "exercise",
        /// Heading over several exercises.
        Exercises = "exercises",
        /// The title of cards of exercises.
        ExerciseCards = "exercise-cards",
        /// Heading over the steps of a run.
        Step = "step",
        /// Heading over how a dose is done.
        Manner = "manner",
        /// Heading over other names.
        AlsoKnownAs = "also-known-as",
        /// Heading over getting ready.
        Setup = "setup",
        /// Heading over what to do.
        Steps = "steps",
        /// Heading over how to breathe.
        Breathing = "breathing",
        /// Heading over reminders.
        Cues = "cues",
        /// Heading over mistakes.
        Mistakes = "mistakes",
        /// Heading over where it should be felt.
        Feel = "feel",
        /// Heading over when to stop.
        StopIf = "stop-if",
        /// Heading over easier exercises.
        Easier = "easier",
        /// Heading over harder exercises.
        Harder = "harder",
        /// Heading over exercises that do the same job.
        Instead = "instead",
        /// Before the entry that takes the place of this one.
        ReplacedBy = "replaced-by",
        /// Heading over the exercise that this is a form of.
        VariantOf = "variant-of",
        /// Heading over conditions that rule it out.
        NotWith = "not-with",
        /// "Ask a professional first with:" before conditions.
        AskFirst = "ask-first",
        /// What RPE means.
        RpeMeans = "rpe-means",
        /// What a tempo means.
        TempoMeans = "tempo-means",
        /// What a tempo means that has an `X`.
        TempoMeansWithX = "tempo-means-with-x",
        /// Heading over publications.
        Sources = "sources",
        /// "Last reviewed {date}".
        ReviewedOn = "reviewed-on",
        /// "Last reviewed {date} by {name}".
        ReviewedByOn = "reviewed-by-on",
        /// Heading over a programme's aim.
        Goal = "goal",
        /// Heading over for whom it is.
        Audience = "audience",
        /// Heading over how long it takes.
        Length = "length",
        /// Heading over how often.
        HowOften = "how-often",
        /// Heading over when it starts.
        Starts = "starts",
        /// Heading over the day of the race.
        RaceDay = "race-day",
        /// Heading over what a reader leaves out or does on another day.
        Changes = "changes",
        /// "{session}, {date}: left out".
        LeftOut = "left-out",
        /// "{date}: pause".
        Pause = "pause",
        /// "{from} to {to}: pause".
        PauseFromTo = "pause-from-to",
        /// Of a session that is done before the day's other work.
        Morning = "morning",
        /// Of a session that is done after the day's other work.
        Evening = "evening",
        /// "{session}: {to} instead of {date}".
        MovedTo = "moved-to",
        /// What stands below the name of a session in a table of weeks if it is left out.
        LeftOutMark = "left-out-mark",
        /// "moved from {date}", in a table of weeks and in the text of an event.
        MovedFrom = "moved-from",
        /// "Day {day}" of a week whose days may move.
        DayNumber = "day-number",
        /// Heading over how hard the work of a programme is.
        HowHard = "how-hard",
        /// Heading over how long its sessions take.
        HowLong = "how-long",
        /// Heading over the kinds of its sessions.
        WhatKind = "what-kind",
        /// Before the name of the one who is handed a sheet.
        HandedTo = "handed-to",
        /// Before the name of the one who hands it out.
        HandedBy = "handed-by",
        /// Before the date of the next visit.
        NextVisit = "next-visit",
        /// Heading over the moves before and after the work.
        WarmUpAndCoolDown = "warm-up-and-cool-down",
        /// Beside a line to mark pain on.
        PainScale = "pain-scale",
        /// Its lower end.
        PainLeast = "pain-least",
        /// Its upper end.
        PainMost = "pain-most",
        /// Beside a line to mark effort on.
        EffortScale = "effort-scale",
        /// Its lower end.
        EffortLeast = "effort-least",
        /// Its upper end.
        EffortMost = "effort-most",
        /// Heading over the weeks at a glance.
        Overview = "overview",
        /// Heading over the months of a dated programme.
        Calendar = "calendar",
        /// "{month} {year}" over a month.
        MonthOf = "month-of",
        /// Heading over what to know first.
        BeforeYouStart = "before-you-start",
        /// A week in a table.
        Week = "week",
        /// Heading over what all sessions of a week are together.
        Total = "total",
        /// "Week {week}".
        WeekNumber = "week-number",
        /// One week of a programme in running text: "week 3".
        InWeek = "in-week",
        /// Several weeks in running text: "weeks 1–4, 6".
        InWeeks = "in-weeks",
        /// "{what} ({weeks})": what holds in some weeks only.
        WhatInWeeks = "what-in-weeks",
        /// What changes often, by its `{first}` and its `{last}`.
        FromTo = "from-to",
        /// What stands with another `{session}` already.
        AsIn = "as-in",
        /// "Week {week} of {weeks}".
        WeekOf = "week-of",
        /// "Day {day} of {days}", where days are counted instead of weeks.
        DayOf = "day-of",
        /// Days in a table, where they are counted instead of weeks.
        Days = "days",
        /// One day of a programme in running text: "day 3".
        InDay = "in-day",
        /// Several days in running text: "days 1–9, 19–27".
        InDays = "in-days",
        /// A turn of a cycle in a table.
        Turn = "turn",
        /// "Turn {turn}".
        TurnNumber = "turn-number",
        /// One turn of a cycle in running text: "turn 3".
        InTurn = "in-turn",
        /// Several turns in running text: "turns 1–4, 6".
        InTurns = "in-turns",
        /// What is only an estimate, such as "about {length}".
        About = "about",
        /// What must be true before a phase begins: `{criteria}`.
        EnterWhen = "enter-when",
        /// What must be true before a phase ends: `{criteria}`; until then its last week comes again.
        ExitWhen = "exit-when",
        /// What must be true before the last phase ends: `{criteria}`; until then its last week comes again.
        DoneWhen = "done-when",
        /// Below the totals of weeks, where a cell has only the work of a session.
        TotalCounts = "total-counts",
        /// A week that the reader did not manage comes again.
        RepeatWeeks = "repeat-weeks",
        /// Heading over a phase.
        Phase = "phase",
        /// Heading over cells for what was done.
        Done = "done",
        /// Heading over cells for remarks.
        Notes = "notes",
        /// A number of per cent where there is no room to say of what.
        Share = "share",
        /// "{sets} × {work}".
        SetsTimes = "sets-times",
        /// "{sets} of {work}", as in "3 sets of 8".
        SetsOf = "sets-of",
        /// One value or range of a hold: "hold {time}".
        Hold = "hold",
        /// As many repetitions as possible.
        Amrap = "amrap",
        /// Once on each side.
        PerSide = "per-side",
        /// On the left side.
        LeftSide = "left-side",
        /// On the right side.
        RightSide = "right-side",
        /// On the side that is hurt or weaker.
        AffectedSide = "affected-side",
        /// Until the muscles are tired.
        UntilTired = "until-tired",
        /// At least so many repetitions: "{n}+".
        AtLeast = "at-least",
        /// How long each repetition is held: "hold {time}".
        HoldEach = "hold-each",
        /// Every so many hours: "every {time}".
        Every = "every",
        /// How much pain is fine: "pain up to {pain} of 10 is fine if ...".
        PainUpTo = "pain-up-to",
        /// No pain is fine.
        NoPain = "no-pain",
        /// "RPE {rpe}".
        Rpe = "rpe",
        /// "tempo {tempo}".
        Tempo = "tempo",
        /// "rest {time}".
        Rest = "rest",
        /// No rest between sets, on purpose.
        NoRest = "no-rest",
        /// "{colour} band".
        BandOf = "band-of",
        /// A series of exercises in turns: "Superset, {rounds}".
        SupersetOf = "superset-of",
        /// A longer series: "Circuit, {rounds}".
        CircuitOf = "circuit-of",
        /// The next exercise at each start of an interval: "Every {time} the next exercise, {rounds}".
        EmomOf = "emom-of",
        /// As many rounds as possible in `{time}`.
        AmrapOf = "amrap-of",
        /// Work and rest by the clock: `{work}`, `{rest}`, `{rounds}`.
        TabataOf = "tabata-of",
        /// A step of a run: `{length}` at `{target}`.
        StepAt = "step-at",
        /// How long a step is that the runner ends.
        OpenStep = "open-step",
        /// "{pace} pace".
        PaceOf = "pace-of",
        /// A `{share}` in per cent of the speed of a `{pace}`.
        PaceShare = "pace-share",
        /// Slower than a `{pace}` by an `{amount}`.
        PaceSlower = "pace-slower",
        /// Faster than a `{pace}` by an `{amount}`.
        PaceFaster = "pace-faster",
        /// Anything from the pace called `{first}` to the one called `{last}`.
        PaceBetween = "pace-between",
        /// Changing evenly from the target `{first}` to the target `{last}`.
        TargetRamp = "target-ramp",
        /// A `{target}`, and a `{second}` one that measures something else.
        TargetAnd = "target-and",
        /// The faster `{steps}` that are a part of a step.
        StepWithin = "step-within",
        /// The `{step}` with which a run ends.
        LastPart = "last-part",
        /// What is done, as `{what}`, and its `{note}` behind it.
        WithNote = "with-note",
        /// "zone {zone}".
        ZoneOf = "zone-of",
        /// When to add `{load}`: all sets had `{reps}`; start again at `{low}`.
        AddLoad = "add-load",
        /// The same, up to `{cap}`.
        AddLoadUpTo = "add-load-up-to",
        /// When to add `{load}`: all sets and repetitions were done.
        AddAfterSession = "add-after-session",
        /// The same for a week.
        AddAfterWeek = "add-after-week",
        /// When to add `{load}`: the last set had `{reps}`.
        AddAfterLastSet = "add-after-last-set",
        /// The same for all sessions of a week.
        AddAfterLastSetWeek = "add-after-last-set-week",
        /// "{rule} (up to {cap})": a rule that ends at a load.
        RuleUpTo = "rule-up-to",
        /// What to do after `{misses}`: go on with `{share}` per cent of the load.
        AfterMisses = "after-misses",
        /// What to do after a miss with `{dose}`: `{next}` with the same load.
        NextStage = "next-stage",
        /// The same with a load of its own, the `{load}`.
        NextStageLoad = "next-stage-load",
        /// What to do after a miss with the `{last}` of several doses: the `{first}` with `{share}` per cent of the load.
        FirstStageAt = "first-stage-at",
        /// The same with `{load}` more than it was last done with.
        FirstStageAdd = "first-stage-add",
        /// The load that has been reached by then.
        ReachedLoad = "reached-load",
        /// `{share}` per cent of it.
        ShareOfReachedLoad = "share-of-reached-load",
        /// `{load}` more than that with which the phase began.
        MoreThanAtStart = "more-than-at-start",
        /// Reckon with a best single that is `{load}` higher.
        RaiseBestSingle = "raise-best-single",
        /// Reckon with a training maximum that is `{load}` higher.
        RaiseTrainingMax = "raise-training-max",
        /// The same of a best single, once this week is over.
        RaiseBestSingleAfterwards = "raise-best-single-afterwards",
        /// The same of a training maximum, once this week is over.
        RaiseTrainingMaxAfterwards = "raise-training-max-afterwards",
        /// "{work}, {week}" for the title of a calendar entry.
        EventTitle = "event-title",
        /// The title of an entry of a calendar that does not take place any more.
        CancelledTitle = "cancelled-title",
        /// The same in a week that has a `{mark}`.
        EventTitleMarked = "event-title-marked",
        /// The `{work}` of a race in the title of a calendar entry.
        EventRace = "event-race",
        /// The `{work}` of a test in the title of a calendar entry.
        EventTest = "event-test",
        /// The `{work}` of a session of exercises in the title of a calendar entry: its name as `{session}`, and the one that
        /// leads as `{exercise}`.
        EventSeveral = "event-several",
        /// The title of a calendar entry that tells others nothing.
        EventPrivate = "event-private",
        /// The `{parts}` of a session that a calendar entry has no room for.
        EventLeftOut = "event-left-out",
        /// At the end of a calendar entry that is cut short.
        EventShortened = "event-shortened",
        /// The place of "{name}, drawing: {author}, {licence}" below a picture.
        PictureBy = "picture-by",
        /// Who made a photograph, or another picture that is not drawn.
        PhotoBy = "photo-by",
        /// Where a text was taken from, behind the name of its entry.
        TakenFrom = "taken-from",
        /// Who wrote a text.
        ByAuthors = "by-authors",
        /// A text was changed after it was taken over.
        Changed = "changed",
        /// A text was changed, and how.
        ChangedHow = "changed-how",
        /// Muscles that a figure of the body does not have.
        NotDrawn = "not-drawn",
        /// What a figure of the body shows, for those who do not see it.
        MuscleMap = "muscle-map",
        /// A muscle and what it does, within `muscle-map`.
        MuscleWorks = "muscle-works",
        /// What a QR code holds, for those who do not see it.
        CodeOf = "code-of",
        /// Beside a QR code: where it leads.
        SeeMore = "see-more",
        /// Where a muscle arises.
        Origin = "origin",
        /// Where a muscle inserts.
        Insertion = "insertion",
        /// What a muscle does.
        Actions = "actions",
        /// "{joint} {motion}".
        ActionOf = "action-of",
        /// Heading over a list of all guides.
        IndexGuides = "index-guides",
        /// Heading over a list of all programmes.
        IndexPrograms = "index-programs",
        /// Heading over a list of all exercises.
        IndexExercises = "index-exercises",
    }
}

/// A word that has a label in every language.
pub trait Labelled: Copy {
    /// The section and key of its label.
    fn label_key(self) -> (&'static str, &'static str);

    /// Where the label stands in a table of all: its vocabulary, and the word in it.
    fn label_place(self) -> (usize, usize);
}

impl Section {
    /// Whether it is the work of a session rather than getting ready or coming down.
    pub const fn is_work(self) -> bool {
        matches!(self, Self::Main | Self::Accessory)
    }
}

impl Weekday {
    /// The weekday of a date.
    pub fn of(date: jiff::civil::Date) -> Self {
        let monday_based = date.weekday().to_monday_zero_offset().unsigned_abs();
        Self::ALL[usize::from(monday_based) % Self::ALL.len()]
    }
}

impl Inside {
    /// The label of the same word where it stands alone, which is read where a language has none for inside a line.
    pub(crate) fn alone(self) -> (&'static str, &'static str) {
        match self {
            Self::Prime => MuscleRole::Prime.label_key(),
            Self::Synergist => MuscleRole::Synergist.label_key(),
            Self::Stabiliser => MuscleRole::Stabiliser.label_key(),
            Self::Recovery => Intensity::Recovery.label_key(),
            Self::Rest => Intensity::Rest.label_key(),
            Self::Walk => Intensity::Walk.label_key(),
            Self::WarmUp => Intensity::WarmUp.label_key(),
            Self::CoolDown => Intensity::CoolDown.label_key(),
            Self::Strides => Intensity::Strides.label_key(),
            Self::Fast => Intensity::Interval.label_key(),
            Self::Run => Sport::Run.label_key(),
            Self::Ride => Sport::Ride.label_key(),
            Self::Swim => Sport::Swim.label_key(),
            Self::Row => Sport::Row.label_key(),
            Self::Ski => Sport::Ski.label_key(),
            Self::NoEquipment => Label::NoEquipment.label_key(),
        }
    }
}

impl From<MuscleRole> for Inside {
    fn from(role: MuscleRole) -> Self {
        match role {
            MuscleRole::Prime => Self::Prime,
            MuscleRole::Synergist => Self::Synergist,
            MuscleRole::Stabiliser => Self::Stabiliser,
        }
    }
}

impl SessionKind {
    /// Whether a lighter week has as much of it as any other.
    pub const fn is_spared(self) -> bool {
        matches!(self, Self::Mobility | Self::Race | Self::Test)
    }
}

impl Sport {
    /// The sport of sessions of a kind, if they have one.
    pub const fn of(kind: SessionKind) -> Option<Self> {
        match kind {
            SessionKind::Run => Some(Self::Run),
            SessionKind::Ride => Some(Self::Ride),
            SessionKind::Swim => Some(Self::Swim),
            SessionKind::Walk => Some(Self::Walk),
            SessionKind::Strength
            | SessionKind::Mobility
            | SessionKind::CrossTrain
            | SessionKind::Rest
            | SessionKind::Test
            | SessionKind::Race
            | SessionKind::Other => None,
        }
    }

    /// Whether its way counts as that of a run.
    pub const fn is_on_foot(self) -> bool {
        matches!(self, Self::Run | Self::Walk)
    }

    /// Whether its rhythm is counted in strokes rather than steps.
    pub const fn has_strokes(self) -> bool {
        matches!(self, Self::Swim | Self::Row)
    }

    /// The word behind a length, such as "1.9 km swim".
    pub const fn inside(self) -> Inside {
        match self {
            Self::Run => Inside::Run,
            Self::Ride => Inside::Ride,
            Self::Swim => Inside::Swim,
            Self::Row => Inside::Row,
            Self::Walk => Inside::Walk,
            Self::Ski => Inside::Ski,
        }
    }
}

impl Intensity {
    /// Whether it is the work of a run, rather than what leads to it, away from it or comes between.
    pub const fn is_work(self) -> bool {
        matches!(self, Self::Active | Self::Interval | Self::Strides)
    }

    /// The word behind a length, such as "90 s recovery"; none for what is the work itself.
    pub fn inside(self) -> Option<Inside> {
        match self {
            Self::Active | Self::Interval => None,
            Self::Strides => Some(Inside::Strides),
            Self::Recovery => Some(Inside::Recovery),
            Self::Rest => Some(Inside::Rest),
            Self::Walk => Some(Inside::Walk),
            Self::WarmUp => Some(Inside::WarmUp),
            Self::CoolDown => Some(Inside::CoolDown),
        }
    }
}
