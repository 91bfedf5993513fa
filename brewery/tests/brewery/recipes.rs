//! Recipes that are followed without a listener.

use brewery::recipe::Recipe;

const GOOD: &str = r#"
name = "Hot water & <mash>"
valves = "enforced"
start = [{ vessel = "HotTank", volume_l = 50, celsius = 20 }]

[[phase]]
name = "heat"
calls = ["setCible1_78.py", "startPID1.py"]
until = "getTemp1 >= 77.75"
for_s = 2450
always = ["getTemp1 <= 78.5"]
expect = ["getPID1 == 1"]

[[phase]]
name = "mash in"
calls = ["startA.py", "startE.py", "startI.py", "startP1.py"]
for_s = 60
expect = ["getP1 == 1", "getTemp3 > 15"]
"#;

#[test]
fn a_good_one() {
    let mut seconds = 0;
    let report = Recipe::from_toml(GOOD).expect("a recipe").run(0, || seconds += 1).expect("it runs");
    assert!(report.is_good(), "{report:?}");
    assert_eq!(report.running, None);
    let took: Vec<u64> = report.phases.iter().map(|phase| phase.took_s).collect();
    assert!((2_300..2_450).contains(&took[0]) && took[1] == 60 && took[0] + 60 == seconds, "{took:?}");
    let xml = report.junit();
    assert!(xml.contains(r#"name="Hot water &amp; &lt;mash&gt;" tests="2" failures="0""#), "{xml}");
}

#[test]
fn the_one_that_comes_with_it() {
    let recipe = Recipe::from_toml(include_str!("../../recipes/brew-day.toml")).expect("a recipe");
    let report = recipe.run(0, || {}).expect("it runs");
    assert!(report.is_good() && report.phases.len() == 9, "{report:#?}");
}

#[test]
fn one_that_fails() {
    let broken = GOOD.replace("for_s = 2450", "for_s = 60\nfaults = [{ part = \"R1\", fault = \"open\" }]");
    let report = Recipe::from_toml(&broken).expect("a recipe").run(0, || {}).expect("it runs");
    assert_eq!(report.phases[0].failures, ["not within 60 s: getTemp1 >= 77.75: it is 20.0"]);
    let xml = report.junit();
    assert!(xml.contains(r#"failures="1""#), "{xml}");
    assert!(xml.contains(r#"<failure message="not within 60 s: getTemp1 &gt;= 77.75: it is 20.0">"#), "{xml}");
    let always = GOOD.replace("<= 78.5", "<= 21");
    let report = Recipe::from_toml(&always).expect("a recipe").run(0, || {}).expect("it runs");
    assert_eq!(report.phases[0].failures.len(), 20, "the first ones are enough");
    assert!(report.phases[0].failures[0].contains("getTemp1 <= 21: it is 21.0625"), "{report:?}");
}

#[test]
fn what_is_no_recipe() {
    for (was, is, expect) in [
        ("name = \"heat\"", "name = 1", "cannot be read"),
        ("for_s = 60", "for_s = 0", "phase \"mash in\": a phase takes 1 to 604800 s"),
        ("startE.py", "startK.py", "startK: did you mean startJ?"),
        ("getTemp1 >= 77.75", "getTemp1 => 77.75", "is no condition"),
        ("volume_l = 50", "volume_l = 70", "a vessel holds 0 to 60 litres of 0 to 100"),
        ("[[phase]]", "[[stage]]", "cannot be read"),
        ("for_s = 60", "for_s = 60\nfaults = [{ part = \"R1\", fault = \"flame-out\" }]", "R1 has no flame"),
    ] {
        let error = Recipe::from_toml(&GOOD.replace(was, is)).expect_err(is).to_string();
        assert!(error.contains(expect), "{is}: {error}");
    }
    assert!(Recipe::from_toml("name = \"empty\"").expect_err("no phases").to_string().contains("0 phases"));
}
