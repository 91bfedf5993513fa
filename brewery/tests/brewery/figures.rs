//! The plant's physics against figures that were computed by hand.

use crate::words::{
    HOUR_S, alarms, call, celsius, close, enforced, fill, ideal, litres, near, pass, plant, seconds_until,
};
use brewery::plant::VesselId::{Ebu, HotTank, Mashtun};

#[test]
fn the_hot_tank_without_loss_and_lag() {
    let mut plant = ideal(|_| {});
    fill(&mut plant, HotTank, 50.0, 20.0);
    call(&mut plant, "startR1");
    close(seconds_until(&mut plant, |plant| celsius(plant, HotTank) >= 78.0), 2_207.2);
}

#[test]
fn the_hot_tank_with_loss() {
    let mut plant = ideal(|config| config.vessels[0].loss_w_per_k = 8.0);
    fill(&mut plant, HotTank, 50.0, 20.0);
    call(&mut plant, "startR1");
    pass(&mut plant, 1_800);
    close(celsius(&plant, HotTank), 65.71);
    close(1_800.0 + seconds_until(&mut plant, |plant| celsius(plant, HotTank) >= 78.0), 2_305.9);
}

#[test]
fn the_hot_tank_cools() {
    let mut plant = plant();
    fill(&mut plant, HotTank, 50.0, 78.0);
    pass(&mut plant, HOUR_S);
    close(celsius(&plant, HotTank), 70.544);
}

#[test]
fn the_kettle_boils() {
    let mut plant = ideal(|config| config.vessels[1].loss_w_per_k = 15.0);
    fill(&mut plant, Ebu, 50.0, 20.0);
    call(&mut plant, "startB1");
    close(seconds_until(&mut plant, |plant| celsius(plant, Ebu) >= 100.0), 2_897.3);
    let full_l = litres(&plant, Ebu);
    for _ in 0..HOUR_S {
        pass(&mut plant, 1);
        assert_eq!(celsius(&plant, Ebu).to_bits(), 100.0_f64.to_bits());
    }
    close(full_l - litres(&plant, Ebu), 8.29);
    // It goes on until there is too little in it.
    seconds_until(&mut plant, |plant| !plant.plant().switches.heaters[1]);
    close(litres(&plant, Ebu), 10.0);
    assert_eq!(alarms(&plant), ["dry-fire-2"]);
    call(&mut plant, "startB1");
    pass(&mut plant, 10 * HOUR_S);
    assert!(litres(&plant, Ebu) > 9.9, "{}", litres(&plant, Ebu));
}

#[test]
fn idle_after_a_reset_however_often_one_looks() {
    let mut rarely = plant();
    call(&mut rarely, "Reset");
    let mut often = rarely.clone();
    pass(&mut rarely, 1_000);
    call(&mut rarely, "getTemp1");
    for _ in 0..1_000 {
        pass(&mut often, 1);
        call(&mut often, "getTemp1 getR1 getPID1");
    }
    close(celsius(&rarely, HotTank), 15.1875);
    assert_eq!(celsius(&rarely, HotTank).to_bits(), celsius(&often, HotTank).to_bits());
    assert_eq!(crate::words::answer(&mut rarely, "getTemp1"), r#"{"Sensor":"HotTank","Temp":15.1875}"#);
}

#[test]
fn the_coil_alone() {
    let mut plant = ideal(|_| {});
    fill(&mut plant, HotTank, 50.0, 78.0);
    fill(&mut plant, Ebu, 50.0, 50.0);
    call(&mut plant, "startA startB startP1");
    close(plant.plant().coil_w(), 9_376.6);
    for _ in 0..600 {
        pass(&mut plant, 1);
        near(celsius(&plant, HotTank) + celsius(&plant, Ebu), 128.0, 1e-9);
    }
    close(celsius(&plant, HotTank), 66.052);
    close(celsius(&plant, Ebu), 61.948);
    assert_eq!((litres(&plant, HotTank), litres(&plant, Ebu)), (50.0, 50.0));
}

#[test]
fn strike_water_meets_the_grain() {
    let mut plant = ideal(|_| {});
    fill(&mut plant, HotTank, 50.0, 60.0);
    fill(&mut plant, Mashtun, 0.0, 20.0);
    call(&mut plant, "startA startE startI startP1");
    seconds_until(&mut plant, |plant| litres(plant, Mashtun) >= 25.0 - 1e-9);
    near(celsius(&plant, Mashtun), 55.461, 0.01);
}

#[test]
fn pid1_with_all_its_lags() {
    let mut plant = plant();
    fill(&mut plant, HotTank, 50.0, 20.0);
    call(&mut plant, "setCible1_78 startPID1");
    let mut highest: f64 = 0.0;
    let mut on = 0;
    for second in 1..=12_000 {
        for _ in 0..10 {
            plant.step();
            on += u32::from(second > 8_000 && plant.plant().switches.heaters[0]);
        }
        highest = highest.max(celsius(&plant, HotTank));
        if second >= 2_450 {
            near(celsius(&plant, HotTank), 78.0, 0.3);
        }
    }
    assert!(highest <= 78.3, "{highest}");
    near(f64::from(on) / 40_000.0, 0.084, 0.01);
}

#[test]
fn p2_alone() {
    let mut plant = enforced();
    call(&mut plant, "startF startI startP2");
    pass(&mut plant, 180);
    close(litres(&plant, Ebu), 26.0);
    close(litres(&plant, Mashtun), 49.0);
    near(litres(&plant, Ebu) + litres(&plant, Mashtun), 75.0, 1e-9);
}

#[test]
fn the_first_stubs_runaways_are_gone() {
    // R1 for an hour made 375 degrees; idle for 2000 s made -1785; PID1 left R1 on.
    let mut plant = plant();
    call(&mut plant, "startR1");
    pass(&mut plant, HOUR_S);
    assert!((90.0..96.0).contains(&celsius(&plant, HotTank)), "{}", celsius(&plant, HotTank));
    call(&mut plant, "Reset");
    pass(&mut plant, 2_000);
    near(celsius(&plant, HotTank), 15.4, 0.1);
    call(&mut plant, "startPID1 stopPID1");
    assert_eq!(crate::words::answer(&mut plant, "getR1"), r#"{"Sensor":"Resistance1","State":0}"#);
}
