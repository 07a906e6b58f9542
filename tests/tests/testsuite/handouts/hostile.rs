//! Pictures that want to cost time or memory, or to reach for something, built by the program: each is a finding with
//! its file's name, or is printed; and the program stays small and quick.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use regimen_tests::Project;

use super::kinds::clinic;

/// The most memory that a build with all of them may take, in kilobytes; a plain one takes about 60,000.
const MOST_MEMORY: u64 = 700_000;
/// How long a processor may work on that, unoptimised. Other programs on the machine do not count, and a bomb would take
/// hours.
const LONGEST: Duration = Duration::from_secs(300);

/// The name of each file, what is in it, and what is said about it; nothing where it is printed.
fn pictures() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let photograph = jpeg();
    let mut pictures = vec![
        ("cut.png", png(&SMALL, &deflated(60 * 181))[..80].to_vec(), "PNG"),
        ("cut.jpg", photograph[..photograph.len() - 20].to_vec(), "JPEG"),
        ("bomb.png", png(&Header { width: 16, height: 16, ..SMALL }, &deflated(200_000_000)), "damaged"),
        ("empty.png", png(&Header { width: 0, height: 9, ..SMALL }, &[]), "its size is 0 by 9 pixels"),
        (
            "woven.png",
            png(&Header { width: 2000, height: 2000, bits: 16, kind: 6, interlaced: 1 }, &deflated(woven(2000, 8))),
            "",
        ),
        ("rare.jpg", frame(&photograph, 0xc9), "rare kind"),
        ("progressive.jpg", frame(&photograph, 0xc2), ""),
        ("camera.jpg", camera(&photograph), ""),
        (
            "deep.svg",
            svg(&format!("{}{}", "<g opacity='.9'>".repeat(900), "</g>".repeat(900))).into_bytes(),
            "shows nothing",
        ),
    ];
    let mut damaged = png(&SMALL, &deflated(60 * 181));
    damaged[30] ^= 1;
    pictures.push(("sum.png", damaged, "PNG"));
    let shape = "<path d='M0 0h9v9z'/>";
    let inside = format!("{shape}<image href='data:image/png;base64,AAAA' width='9' height='9'/>");
    let filter = format!("<filter id='f'><feGaussianBlur stdDeviation='1e9'/></filter><g filter='url(#f)'>{shape}</g>");
    pictures.push(("inside.svg", svg(&inside).into_bytes(), "images"));
    pictures.push(("filter.svg", svg(&filter).into_bytes(), "filters"));
    pictures
}

/// Files that are refused before anything is printed.
fn refused() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let shape = "<path d='M0 0h9v9z'/>";
    let entities = "<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>";
    let entities = format!("{entities}{}", svg("<desc>&b;</desc>"));
    let photograph = jpeg();
    let mut refused = vec![
        ("cut.svg", svg("<path d='M0 0h9v9z'/>").as_bytes()[..90].to_vec(), "readable SVG"),
        (
            "wide.png",
            png(&Header { width: 40_000, height: 40_000, kind: 6, ..SMALL }, &[]),
            "its size is 40000 by 40000 pixels",
        ),
        ("wide.jpg", sized(&photograph, 40_000), "its size is 40000 by 40000 pixels"),
        ("words.svg", svg(&format!("<text y='9'>{}</text>", "long ".repeat(200_000))).into_bytes(), "text"),
        ("deeper.svg", svg(&format!("{}{}", "<g>".repeat(40_000), "</g>".repeat(40_000))).into_bytes(), "parts"),
        ("many.svg", "<g/>".repeat(500_000).into_bytes(), "more than 50000 parts"),
        ("nothing.svg", Vec::new(), "holds no SVG"),
        ("entities.svg", entities.into_bytes(), "entities"),
        ("foreign.svg", svg(&format!("{shape}<foreignObject><p>a</p></foreignObject>")).into_bytes(), "foreignObject"),
        ("script.svg", svg(&format!("{shape}<script>alert(1)</script>")).into_bytes(), "script"),
        ("event.svg", svg("<path onload='alert(1)' d='M0 0h9v9z'/>").into_bytes(), "event handler"),
    ];
    refused.extend(drawings().into_iter().map(|(name, body, said)| (name, svg(&body).into_bytes(), said)));
    refused
}

/// Drawings by what is in them; each is refused.
fn drawings() -> Vec<(&'static str, String, &'static str)> {
    let shape = "<path d='M0 0h9v9z'/>";
    let levels = (1..12).map(|level| {
        let uses = format!("<use href='#u{}'/>", level - 1).repeat(20);
        format!("<g id='u{level}'>{uses}</g>")
    });
    let uses = format!("<g id='u0'>{shape}</g>{}<use href='#u11'/>", levels.collect::<String>());
    let line = "1 1h5v5".repeat(90_000);
    let copies = format!("<path id='p' d='M{line}'/>{}", "<use href='#p'/>".repeat(499));
    let clip = format!("<clipPath id='c'>{}</clipPath>", shape.repeat(5_000));
    let clipped = format!("{clip}{}", "<g clip-path='url(#c)'><path d='M0 0h9v9z'/></g>".repeat(9_000));
    let tile = |level: usize| {
        let shapes = format!("<path d='M0 0h1v1z' fill='url(#p{})'/>", level + 1).repeat(10);
        format!("<pattern id='p{level}' width='1' height='1'>{shapes}</pattern>")
    };
    let tiles: String = (0..9).map(tile).collect();
    let elsewhere = "another file or address";
    vec![
        ("file.svg", format!("{shape}<image href='file:///etc/passwd' width='9' height='9'/>"), elsewhere),
        ("web.svg", format!("{shape}<image href='http://127.0.0.1:9/a.png' width='9' height='9'/>"), elsewhere),
        ("use-file.svg", format!("{shape}<use href='file:///etc/passwd#a'/>"), elsewhere),
        ("use-web.svg", format!("{shape}<use href='http://127.0.0.1:9/a.svg#a'/>"), elsewhere),
        ("import.svg", format!("<style>@import url(http://127.0.0.1:9/a.css);</style>{shape}"), "@import"),
        ("fill.svg", "<path d='M0 0h9v9z' fill='url(http://127.0.0.1:9/a.svg#a)'/>".to_owned(), elsewhere),
        ("tiles.svg", format!("{tiles}<path fill='url(#p0)' d='M0 0h9v9z'/>"), "counted as often"),
        (
            "marks.svg",
            format!(
                "<marker id='m'>{}</marker><path marker-mid='url(#m)' d='M{}'/>",
                shape.repeat(100),
                "1 1 2 2 ".repeat(20_000)
            ),
            "counted as often",
        ),
        (
            "rings.svg",
            format!("<mask id='m'><g mask='url(#m)'>{shape}</g></mask><g mask='url(#m)'>{shape}</g>"),
            "itself",
        ),
        ("uses.svg", uses, "counted as often"),
        ("copies.svg", copies, "counted as often"),
        ("clipped.svg", clipped, "counted as often"),
    ]
}

#[test]
fn hostile_pictures_are_findings_or_harmless() {
    check(&pictures());
    check(&refused());
}

/// Builds a guide with a picture from each file.
fn check(pictures: &[(&str, Vec<u8>, &str)]) {
    let mut project = clinic("pictures: own").without("catalog/guides/calf-care.md");
    let mut guide = "---\ntitle: Hostile\nsummary: Pictures.\n---\n\n".to_owned();
    for (at, (file, bytes, _)) in pictures.iter().enumerate() {
        let exercise =
            project.text("catalog/exercises/wall-sit.yaml").replace("media/wall-sit.png", &format!("media/{file}"));
        project = project
            .file(&format!("catalog/exercises/e{at}.yaml"), exercise)
            .file(&format!("catalog/media/{file}"), bytes);
        guide.push_str(&format!("![](exercise:e{at})\n\n"));
    }
    let project = project.file("catalog/guides/back-to-running.md", guide);
    let (said, memory, took) = measured(&project);
    for (file, _, wanted) in pictures {
        let findings: Vec<&str> =
            said.split("\n\n").filter(|finding| finding.contains(&format!("media/{file}"))).collect();
        let right =
            if wanted.is_empty() { findings.is_empty() } else { findings.iter().any(|found| found.contains(wanted)) };
        assert!(right, "{file}: {findings:#?} instead of {wanted:?}\n{said}");
    }
    assert!(memory < MOST_MEMORY, "it took {memory} kB");
    assert!(took < LONGEST, "it took {took:?} of a processor");
}

/// Builds and gives what was said, the most memory in kilobytes, and the time of processors.
fn measured(project: &Project) -> (String, u64, Duration) {
    let (out, said) = (project.path("printed.txt"), project.path("said.txt"));
    let mut command = project.command("build --only pdf");
    command.stdout(fs::File::create(&out).unwrap()).stderr(fs::File::create(&said).unwrap()).stdin(Stdio::null());
    let mut child = command.spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let (mut memory, mut took) = (0, Duration::ZERO);
    let code = loop {
        // The mark of the highest; where the system has none, only the time is looked at.
        let text = fs::read_to_string(&status).unwrap_or_default();
        let mark = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        memory = memory.max(mark.unwrap_or(0));
        took = took.max(worked(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if took > LONGEST {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let said = fs::read_to_string(out).unwrap() + &fs::read_to_string(said).unwrap();
    assert_eq!(code, Some(1), "{said}");
    (said, memory, took)
}

/// How long processors have worked for a process, where the system says it.
fn worked(process: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let facts = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    // Its own time and the system's, in hundredths of a second, eleven fields behind the state.
    let hundredths: u64 = facts.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(hundredths * 10)
}

fn svg(body: &str) -> String {
    format!("<svg xmlns='http://www.w3.org/2000/svg' width='99' height='99' viewBox='0 0 99 99'>{body}</svg>")
}

/// So many zeros, packed.
fn deflated(length: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let zeros = vec![0; 1 << 20];
    let mut rest = length;
    while rest > 0 {
        let part = rest.min(zeros.len());
        encoder.write_all(&zeros[..part]).unwrap();
        rest -= part;
    }
    encoder.finish().unwrap()
}

/// How many bytes an interlaced square picture has, with a byte before each line of each pass.
fn woven(side: usize, pixel: usize) -> usize {
    let passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
    let length = |(x, y, dx, dy)| (side - y as usize).div_ceil(dy) * (1 + pixel * (side - x as usize).div_ceil(dx));
    passes.into_iter().map(length).sum()
}

/// The header of a PNG, with its numbers for the kind of colours and for interlacing.
struct Header {
    width: u32,
    height: u32,
    bits: u8,
    kind: u8,
    interlaced: u8,
}

/// Sixty by sixty pixels of red, green and blue.
const SMALL: Header = Header { width: 60, height: 60, bits: 8, kind: 2, interlaced: 0 };

/// A PNG with packed lines.
fn png(header: &Header, lines: &[u8]) -> Vec<u8> {
    let Header { width, height, bits, kind, interlaced } = *header;
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[bits, kind, 0, 0, interlaced]].concat();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, body) in [(b"IHDR", &header[..]), (b"IDAT", lines), (b"IEND", &[])] {
        let mut sum = flate2::Crc::new();
        sum.update(name);
        sum.update(body);
        file.extend((body.len() as u32).to_be_bytes());
        file.extend_from_slice(name);
        file.extend_from_slice(body);
        file.extend(sum.sum().to_be_bytes());
    }
    file
}

/// An even JPEG of 16 by 16 grey pixels: every block is one code of two bits.
fn jpeg() -> Vec<u8> {
    let mut file = vec![0xff, 0xd8];
    let mut segment = |marker: u8, body: &[u8]| {
        file.extend([0xff, marker]);
        file.extend((body.len() as u16 + 2).to_be_bytes());
        file.extend_from_slice(body);
    };
    segment(0xdb, &[&[0][..], &[1; 64]].concat());
    segment(0xc0, &[8, 0, 16, 0, 16, 1, 1, 0x11, 0]);
    for table in [0x00, 0x10] {
        let codes: [u8; 18] = std::array::from_fn(|at| [table, 1].get(at).copied().unwrap_or(0));
        segment(0xc4, &codes);
    }
    segment(0xda, &[1, 1, 0, 0, 63, 0]);
    file.extend([0, 0xff, 0xd9]);
    file
}

fn frame(photograph: &[u8], marker: u8) -> Vec<u8> {
    let at = photograph.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    let mut file = photograph.to_vec();
    file[at + 1] = marker;
    file
}

fn sized(photograph: &[u8], side: u16) -> Vec<u8> {
    let at = photograph.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    let mut file = photograph.to_vec();
    let side = side.to_be_bytes();
    file[at + 5..at + 9].copy_from_slice(&[side, side].concat());
    file
}

/// With notes of a camera that point beyond their end and to themselves.
fn camera(photograph: &[u8]) -> Vec<u8> {
    let notes = b"Exif\0\0MM\0\x2a\0\0\0\x08\xff\xff\x01\x12\0\x03\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\x08";
    [&photograph[..2], &[0xff, 0xe1], &(notes.len() as u16 + 2).to_be_bytes(), notes, &photograph[2..]].concat()
}
