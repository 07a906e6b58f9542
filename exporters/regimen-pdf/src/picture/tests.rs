//! Pictures made by hand: sound ones, and those that want to cost time or memory.

use ::png::{BitDepth, ColorType};

use super::*;

const LIMIT: (f32, f32) = (216.0, 216.0);

fn read(bytes: &[u8]) -> Read {
    Pictures::default().read(&Arc::from(bytes), LIMIT)
}

/// Why a picture is refused.
fn refused(bytes: &[u8]) -> String {
    read(bytes).unwrap_err()
}

fn png(size: (u32, u32), kind: ColorType, depth: BitDepth, pixels: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, size.0, size.1);
    encoder.set_color(kind);
    encoder.set_depth(depth);
    if kind == ColorType::Indexed {
        encoder.set_palette(vec![255, 0, 0, 0, 0, 255]);
    }
    encoder.write_header().unwrap().write_image_data(pixels).unwrap();
    file
}

/// A PNG with chunks of our own, whose check sums are right.
fn chunks(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut file = super::png::SIGNATURE.to_vec();
    for (kind, body) in chunks {
        let mut sum = flate2::Crc::new();
        sum.update(*kind);
        sum.update(body);
        file.extend((body.len() as u32).to_be_bytes());
        file.extend_from_slice(*kind);
        file.extend_from_slice(body);
        file.extend(sum.sum().to_be_bytes());
    }
    file
}

fn header(width: u32, height: u32, kind: u8) -> Vec<u8> {
    [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, kind, 0, 0, 0]].concat()
}

/// An even JPEG: every block is one code of two bits.
fn jpeg(size: (u16, u16), components: u8, extra: &[u8]) -> Vec<u8> {
    let mut file = vec![0xff, 0xd8];
    file.extend_from_slice(extra);
    let segment = |file: &mut Vec<u8>, marker: u8, body: &[u8]| {
        file.extend([0xff, marker]);
        file.extend((body.len() as u16 + 2).to_be_bytes());
        file.extend_from_slice(body);
    };
    segment(&mut file, 0xdb, &[&[0][..], &[1; 64]].concat());
    let each: Vec<u8> = (1..=components).flat_map(|number| [number, 0x11, 0]).collect();
    let [h1, h0] = size.1.to_be_bytes();
    let [w1, w0] = size.0.to_be_bytes();
    segment(&mut file, 0xc0, &[&[8, h1, h0, w1, w0, components][..], &each].concat());
    for table in [0x00, 0x10] {
        let codes: [u8; 18] = std::array::from_fn(|at| [table, 1].get(at).copied().unwrap_or(0));
        segment(&mut file, 0xc4, &codes);
    }
    let each: Vec<u8> = (1..=components).flat_map(|number| [number, 0]).collect();
    segment(&mut file, 0xda, &[&[components][..], &each, &[0, 63, 0]].concat());
    let blocks = usize::from(size.0.div_ceil(8)) * usize::from(size.1.div_ceil(8)) * usize::from(components);
    file.resize(file.len() + (blocks * 2).div_ceil(8).min(100_000), 0);
    file.extend([0xff, 0xd9]);
    file
}

/// What a camera writes that was held in one of eight ways.
fn held(orientation: u8) -> Vec<u8> {
    let tiff = [b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(), &[orientation], &[0; 6]].concat();
    let body = [b"Exif\0\0".as_slice(), &tiff].concat();
    [&[0xff, 0xe1][..], &(body.len() as u16 + 2).to_be_bytes(), &body].concat()
}

fn pixels(picture: &Picture) -> Arc<Pixels> {
    match &picture.content {
        PictureContent::Photograph(pixels) => Arc::clone(pixels),
        PictureContent::Png(png) => png.at_width(LIMIT.0).unwrap(),
        PictureContent::Drawing(_) => panic!("it is drawn"),
    }
}

#[test]
fn plain_png_passes_through_as_it_is() {
    for (kind, depth, data, colours) in [
        (ColorType::Grayscale, BitDepth::Eight, vec![7; 4], Colours::Grey),
        (ColorType::Grayscale, BitDepth::One, vec![0x80; 2], Colours::Grey),
        (ColorType::Rgb, BitDepth::Eight, vec![7; 12], Colours::Rgb),
        (ColorType::Indexed, BitDepth::One, vec![0x40; 2], Colours::Indexed(vec![255, 0, 0, 0, 0, 255])),
    ] {
        let file = png((2, 2), kind, depth, &data);
        let passed = pixels(&read(&file).unwrap());
        assert_eq!((&passed.colours, passed.bits, passed.mask.is_some()), (&colours, depth as u8, false));
        let found = file.windows(passed.data.len()).any(|part| part == passed.data);
        assert!(found, "{kind:?}: the bytes are those of the file");
    }
}

#[test]
fn opacity_becomes_a_mask_where_something_can_be_seen_through() {
    let sheer = pixels(&read(&png((2, 1), ColorType::Rgba, BitDepth::Eight, &[9, 9, 9, 255, 9, 9, 9, 0])).unwrap());
    assert!(sheer.mask.is_some() && sheer.colours == Colours::Rgb);
    let solid = pixels(&read(&png((1, 1), ColorType::GrayscaleAlpha, BitDepth::Eight, &[9, 255])).unwrap());
    assert!(solid.mask.is_none() && solid.colours == Colours::Grey);
    let deep = pixels(&read(&png((1, 1), ColorType::Rgb, BitDepth::Sixteen, &[9; 6])).unwrap());
    assert_eq!(deep.bits, 8);
}

#[test]
fn a_picture_is_as_fine_as_its_place_needs() {
    let file = png((3000, 1500), ColorType::Grayscale, BitDepth::Eight, &vec![200; 4_500_000]);
    let picture = read(&file).unwrap();
    let PictureContent::Png(png) = &picture.content else { panic!("it is a PNG") };
    // Three inches at 300 dots each.
    let small = png.at_width(216.0).unwrap();
    assert_eq!((small.width, small.height), (900, 450));
    assert!(Arc::ptr_eq(&small, &png.at_width(216.0).unwrap()), "it is packed once");
    assert_eq!(png.at_width(600.0).unwrap().width, 3000, "a little too fine is left as it is");
}

#[test]
fn what_is_not_seen_does_not_tint_what_is() {
    let pair = [255, 255, 255, 0, 10, 20, 30, 200];
    let decoded = pixels::Decoded { width: 2, height: 1, channels: 4, data: pair.to_vec() };
    assert_eq!(decoded.scaled(1).data, [10, 20, 30, 100]);
    let unseen = pixels::Decoded { width: 2, height: 1, channels: 2, data: vec![100, 0, 200, 0] };
    assert_eq!(unseen.scaled(1).data, [150, 0], "no dark edge");
}

#[test]
fn the_figure_and_codes_are_drawn_once() {
    use regimen_export::document::MusclePart;
    let pictures = Pictures::default();
    let part = MusclePart { label: "Main work".into(), ids: vec!["soleus".into()], ..MusclePart::default() };
    let map = MuscleMap { parts: vec![part], ..MuscleMap::default() };
    let body = |colour| pictures.body(&map, &Palette::new(colour, None)).unwrap();
    let (first, again, red) = (body(None), body(None), body(Some([200, 0, 0])));
    assert!(Arc::ptr_eq(&first.at_work, &again.at_work) && first.at_work.name != red.at_work.name);
    assert!(Arc::ptr_eq(&first.at_rest, &red.at_rest), "the body at rest has no colour of the brand");
    let code = |address| pictures.code(address).unwrap();
    assert!(Arc::ptr_eq(&code("https://a.b"), &code("https://a.b")));
    assert_ne!(code("https://a.b").name, code("https://a.c").name);
}

#[test]
fn jpeg_passes_through_without_what_the_camera_wrote_beside_it() {
    for (components, colours) in [(1, Colours::Grey), (3, Colours::Rgb), (4, Colours::Cmyk { inverted: false })] {
        let file = jpeg((20, 10), components, &held(1));
        let picture = read(&file).unwrap();
        let pixels = pixels(&picture);
        assert_eq!((picture.width, picture.height, &pixels.colours), (20.0, 10.0, &colours));
        assert_eq!(pixels.data, jpeg((20, 10), components, &[]));
    }
    let adobe = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\x02";
    let inverted = pixels(&read(&jpeg((8, 8), 4, adobe)).unwrap());
    assert_eq!(inverted.colours, Colours::Cmyk { inverted: true });
    assert_eq!(inverted.data, jpeg((8, 8), 4, adobe), "readers need what Adobe wrote");
}

#[test]
fn a_camera_that_was_turned_makes_an_upright_picture() {
    // Where the upper left corner of the file goes, from the lower left corner of the page.
    let corners = [(0, 1), (1, 1), (1, 0), (0, 0), (0, 1), (1, 1), (1, 0), (0, 0)];
    for (orientation, corner) in (1..).zip(corners) {
        let picture = read(&jpeg((40, 10), 1, &held(orientation))).unwrap();
        let [_, _, c, d, e, f] = picture.placement;
        let found = ((c + e) / picture.width, (d + f) / picture.height);
        assert_eq!(found, (corner.0 as f32, corner.1 as f32), "{orientation}");
        assert_eq!(picture.width < picture.height, orientation > 4);
    }
    for wrong in [0, 9] {
        assert_eq!(read(&jpeg((40, 10), 1, &held(wrong))).unwrap().placement, [40.0, 0.0, 0.0, 10.0, 0.0, 0.0]);
    }
}

#[test]
fn files_that_are_cut_off_anywhere_are_refused() {
    let noise: Vec<u8> = (0..300_u32).map(|at| (at * at % 251) as u8).collect();
    let plain = png((10, 10), ColorType::Rgb, BitDepth::Eight, &noise);
    // The last chunk is empty, and readers do without.
    for length in 8..plain.len() - 16 {
        refused(&plain[..length]);
    }
    let photograph = jpeg((20, 10), 3, &held(6));
    for length in 3..photograph.len() {
        refused(&photograph[..length]);
    }
}

#[test]
fn damaged_files_do_not_panic() {
    let sound = [
        jpeg((20, 10), 3, &held(6)),
        png((9, 9), ColorType::Rgba, BitDepth::Eight, &[5; 324]),
        png((9, 9), ColorType::Indexed, BitDepth::One, &[0; 18]),
    ];
    for file in sound {
        for at in 0..file.len() {
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut damaged = file.clone();
                damaged[at] = value;
                let _either_way = read(&damaged);
            }
        }
    }
}

#[test]
fn what_claims_to_be_huge_or_nothing_is_refused_at_once() {
    for (width, height) in [(40_000, 40_000), (0, 5), (5, 0), (u32::MAX, 1), (20_000, 20_000)] {
        let file = chunks(&[(b"IHDR", &header(width, height, 6)), (b"IDAT", &[]), (b"IEND", &[])]);
        assert!(refused(&file).contains(&format!("its size is {width} by {height} pixels")), "{width}");
    }
    for size in [(40_000, 40_000), (0, 5), (5, 0)] {
        assert!(refused(&jpeg(size, 3, &[])).contains("its size is"), "{size:?}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_fills_the_memory() {
    let zeros = crate::fonts::deflate(&vec![0; 64 << 20]);
    for kind in [0, 2, 6] {
        let file = chunks(&[(b"IHDR", &header(16, 16, kind)), (b"IDAT", &zeros), (b"IEND", &[])]);
        match read(&file) {
            Err(why) => assert!(why.contains("damaged"), "{why}"),
            // What is decoded anew ends where the picture does.
            Ok(picture) => assert!(kind == 6 && pixels(&picture).data.len() < 1000),
        }
    }
}

#[test]
fn rare_and_broken_photographs_say_what_they_are() {
    let with_frame = |marker: u8| {
        let mut file = jpeg((8, 8), 3, &[]);
        let at = file.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
        file[at + 1] = marker;
        file
    };
    assert!(refused(&with_frame(0xc3)).contains("rare kind"));
    assert!(refused(&with_frame(0xd8)).contains("damaged"));
    assert!(read(&with_frame(0xc2)).is_ok(), "progressive");
    assert!(refused(&jpeg((8, 8), 2, &[])).contains("2 components"));
    assert!(refused(b"\xff\xd8\xff\xd9").contains("without a picture"));
    let sound = jpeg((8, 8), 1, &[]);
    let scan = sound.windows(2).position(|two| two == [0xff, 0xda]).unwrap();
    let passes = [&sound[..scan], &sound[scan..sound.len() - 2].repeat(101), &[0xff, 0xd9]].concat();
    assert!(refused(&passes).contains("passes"));
}

#[test]
fn a_file_beyond_its_kinds_limit_is_refused() {
    let large = |begin: &[u8], most: usize| [begin, &vec![b' '; most]].concat();
    assert!(refused(&large(b"<svg", drawing::LARGEST)).contains("at most 2097152 are read"));
    assert!(refused(&large(jpeg::SIGNATURE, pixels::LARGEST)).contains("at most 8388608 are read"));
}

#[test]
fn a_drawing_of_a_million_parts_is_refused_at_once() {
    let parts = "<g/>".repeat(500_000);
    let file = format!("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{parts}</svg>");
    assert!(refused(file.as_bytes()).contains("more than 50000 parts"));
    let deep =
        format!("<svg xmlns='http://www.w3.org/2000/svg'>{}{}</svg>", "<g>".repeat(40_000), "</g>".repeat(40_000));
    refused(deep.as_bytes());
}
