//! Closed vocabularies: the words that facts may use, one type for each.

/// Declares an enum whose variants are kebab-case words in files and keys of the labels file.
macro_rules! vocabulary {
    ($(
        $(#[$meta:meta])*
        $name:ident in $section:literal { $( $(#[$variant_meta:meta])* $variant:ident = $word:literal ),+ $(,)? }
    )+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $( $(#[$variant_meta])* #[serde(rename = $word)] $variant, )+
        }

        impl $name {
            /// Every word of this vocabulary, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as it is written in files.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The key of its label in a language file, such as `level.1`.
            pub const fn label_key(self) -> &'static str {
                match self { $(Self::$variant => concat!($section, ".", $word)),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )+

        /// The label keys of every closed vocabulary.
        pub(crate) fn all_label_keys() -> impl Iterator<Item = &'static str> {
            std::iter::empty()$(.chain($name::ALL.iter().map(|word| word.label_key())))+
        }
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
        /// Jump.
        Jump = "jump",
        /// Walking and running.
        Gait = "gait",
        /// One joint of the arm.
        IsolationArm = "isolation-arm",
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
}
