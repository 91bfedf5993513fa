//! Plans as drawing programs write them: what stays, and what is found in them.

#![allow(clippy::expect_used)]

use domain::{BoothNumber, Placement, ViewBox};
use drafting::Shape;
use plan_file::{Evidence, PlanDrawing, PlanFile, read_plan};

fn read(file: &str) -> PlanDrawing {
    match read_plan(file.as_bytes()) {
        Ok(PlanFile::Drawing(drawing)) => drawing,
        other => panic!("{other:?}"),
    }
}

fn plan(body: &str) -> PlanDrawing {
    read(&format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'
        xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' viewBox='0 0 1500 840'>{body}</svg>"
    ))
}

type Found = (Option<u32>, Evidence, Placement);

fn rectangles(drawing: &PlanDrawing) -> Vec<Found> {
    let found = drawing.proposals.iter().map(|proposal| match proposal.shape {
        Shape::Rectangle(placement) => (proposal.number.map(|number| number.0), proposal.evidence, placement),
        Shape::Polygon(_) => panic!("{proposal:?}"),
    });
    found.collect()
}

fn at(x: f64, y: f64, width: f64, height: f64, rotation_deg: f64) -> Placement {
    Placement { x, y, width, height, rotation_deg }
}

#[test]
fn our_own_plans_stay_what_they_are() {
    for (file, entrance) in [
        (include_str!("../../migration/default/floor-4.svg"), "data-entrance='888 400'"),
        (include_str!("../../migration/default/floor-6.svg"), "class='walkable'"),
    ] {
        let file = file.replace("<g class='walkable'>", "<g class='walkable' data-entrance='888 400'>");
        let drawing = read(&file);
        assert_eq!(drawing.plan.view_box, ViewBox { x: 0.0, y: 0.0, width: 1500.0, height: 840.0 });
        assert_eq!(drawing.left_out, Vec::<String>::new());
        assert!(drawing.plan.drawing.contains(entrance));
        // Each path and each group of the file, and nothing else.
        let tags = |text: &str, tag: &str| text.matches(tag).count();
        for tag in ["<g ", "<path ", "<text ", "class=", " d='"] {
            assert_eq!(tags(&drawing.plan.drawing, tag), tags(&file, tag), "{tag}");
        }
        let booths = [(BoothNumber(1), at(402.0, 242.0, 104.0, 96.0, 0.0))];
        let svg = file.split_once('>').and_then(|(_, rest)| rest.rsplit_once("</svg>")).expect("a root").0;
        let before = domain::FloorPlan { drawing: svg.trim().to_owned(), ..drawing.plan.clone() };
        let walk = |plan| format!("{:?}", domain::WalkMap::new(plan, &booths).expect("a path"));
        assert_eq!(walk(&drawing.plan), walk(&before));
        assert!(drawing.lines.len() > 20, "{}", drawing.lines.len());
    }
}

#[test]
fn booths_that_are_named() {
    let drawing = plan(
        "<rect id='box-42' x='10' y='20' width='100' height='90'/>
         <g id='Booth_43' transform='translate(100 0)'><title>Frida Kahlo</title>
           <rect x='110' y='20' width='100' height='90'/><rect x='112' y='22' width='20' height='20'/></g>
         <rect data-booth='44' x='300' y='200' width='60' height='120' transform='rotate(30 330 260)'/>
         <g inkscape:label='Cabine 45'><path d='M600 20h100v90h-100z'/></g>
         <g transform='matrix(0 1 -1 0 800 0)'><rect id='pod46' x='10' y='20' width='100' height='60'/></g>
         <rect id='room-7' x='900' y='20' width='100' height='90'/>
         <symbol id='booth'><rect width='100' height='90'/></symbol>
         <use xlink:href='#booth' id='box 47' x='1000' y='300'/>",
    );
    let named = |number, placement| (Some(number), Evidence::Named, placement);
    assert_eq!(
        rectangles(&drawing),
        [
            named(42, at(10.0, 20.0, 100.0, 90.0, 0.0)),
            named(43, at(210.0, 20.0, 100.0, 90.0, 0.0)),
            named(44, at(300.0, 200.0, 60.0, 120.0, 30.0)),
            named(45, at(600.0, 20.0, 100.0, 90.0, 0.0)),
            named(46, at(720.0, 10.0, 60.0, 100.0, 0.0)),
            named(47, at(1000.0, 300.0, 100.0, 90.0, 0.0)),
        ]
    );
    assert_eq!(drawing.proposals[1].name, "Frida Kahlo");
    // Their names do not get into the page.
    assert!(!drawing.plan.drawing.contains("box-42"), "{}", drawing.plan.drawing);
}

#[test]
fn booths_with_numbers_in_them_and_booths_of_one_size() {
    let drawing = plan(
        "<rect x='0' y='0' width='1500' height='840'/>
         <rect x='100' y='100' width='100' height='90'/><text x='150' y='150'>51</text>
         <rect x='90' y='90' width='340' height='110'/>
         <g transform='translate(200 0)'><polygon points='100,100 200,100 200,190 100,190'/>
           <text><tspan x='150' y='150'> 52 </tspan></text></g>
         <text x='700' y='700'>53</text><text x='150' y='180'>4.12</text>
         <rect x='500' y='400' width='80' height='70'/><rect x='600' y='400' width='80' height='70'/>
         <rect x='700' y='400' width='70' height='80'/><rect x='900' y='400' width='81' height='20'/>",
    );
    let numbered = |number, placement| (Some(number), Evidence::Numbered, placement);
    let repeated = |placement| (None, Evidence::Repeated, placement);
    assert_eq!(
        rectangles(&drawing),
        [
            numbered(51, at(100.0, 100.0, 100.0, 90.0, 0.0)),
            numbered(52, at(300.0, 100.0, 100.0, 90.0, 0.0)),
            repeated(at(500.0, 400.0, 80.0, 70.0, 0.0)),
            repeated(at(600.0, 400.0, 80.0, 70.0, 0.0)),
            repeated(at(700.0, 400.0, 70.0, 80.0, 0.0)),
        ]
    );
}

#[test]
fn a_booth_of_another_form_is_a_polygon() {
    let drawing = plan("<polygon id='box-9' points='0,0 100,0 100,50 50,50 50,100 0,100'/>");
    assert!(matches!(&drawing.proposals[0].shape, Shape::Polygon(corners) if corners.len() == 6));
}

#[test]
fn other_units_become_ours() {
    let drawing = read(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='10 0 30 15'>
         <rect id='box-1' x='13' y='3' width='2' height='1.5'/></svg>",
    );
    assert_eq!(drawing.plan.view_box, ViewBox { x: 500.0, y: 0.0, width: 1500.0, height: 750.0 });
    assert_eq!(rectangles(&drawing), [(Some(1), Evidence::Named, at(650.0, 150.0, 100.0, 75.0, 0.0))]);
    assert!(drawing.plan.drawing.starts_with("<g transform='matrix(50 0 0 50 0 0)'>"));
}

#[test]
fn styles_become_attributes() {
    let drawing = plan(
        "<style>.cls-1, #a { fill: none; stroke: #1d1d1b; stroke-width: .5px } rect { opacity: .5 }</style>
         <rect class='cls-1' width='9' height='9' fill='red'/>
         <rect id='a' style='stroke:rgb(1,2,3)' width='9' height='9'/>
         <linearGradient id='g'><stop offset='0' style='stop-color:red'/></linearGradient>
         <circle r='5' fill='url(#g) blue'/><text x='1' y='2' font-family='Evil'>Caf\u{e9} &amp; <tspan dx='1'>bar</tspan></text>",
    );
    let drawing = drawing.plan.drawing;
    for part in [
        "fill='none' height='9' opacity='.5' stroke='#1d1d1b' stroke-width='.5px'",
        "stroke='rgb(1,2,3)'",
        "<linearGradient id='plan-0'><stop offset='0' stop-color='red'/></linearGradient>",
        "<circle fill='url(#plan-0)' r='5'/>",
        "<text x='1' y='2'>Caf\u{e9} &amp; <tspan dx='1'>bar</tspan></text>",
    ] {
        assert!(drawing.contains(part), "{part} is not in {drawing}");
    }
}

#[test]
fn what_was_left_out_is_told() {
    let drawing = plan("<image/><image/><metadata/><rect width='9' height='9'/><filter/>");
    assert_eq!(drawing.left_out, ["filter", "image", "metadata"]);
}

#[test]
fn lines_to_snap_to() {
    let drawing = plan(
        "<line x1='100' y1='50' x2='400' y2='50'/><path d='M100 50V700L300 720'/>
         <g transform='rotate(90)'><line x1='100' y1='-600' x2='300' y2='-600'/></g>
         <line x1='450' y1='50' x2='500' y2='50'/><line x1='5' y1='5' x2='9' y2='5'/>
         <defs><line x1='0' y1='9' x2='900' y2='9'/></defs>",
    );
    let lines: Vec<_> = drawing.lines.iter().map(|line| (line.from.x, line.from.y, line.to.x, line.to.y)).collect();
    assert_eq!(lines, [(100.0, 50.0, 100.0, 700.0), (100.0, 50.0, 500.0, 50.0), (600.0, 100.0, 600.0, 300.0)]);
}
