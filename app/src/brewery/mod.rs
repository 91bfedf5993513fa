//! The brewing plant on screen: its drawing, its panels, its trends.
//!
//! What the server tells of a plant is a [`PlantView`]: whole numbers of what a screen can show, so that it is told again only
//! when something looks different. What a reader does is an [`Act`]. The drawing is tables ([`drawing`]) and one component a
//! kind of thing; each follows what it shows of the view, and nothing is drawn anew.

mod act;
mod act_form;
mod alarms;
mod announcements;
mod chart;
mod clock_panel;
mod coil;
mod controllers;
mod diagram;
mod drawing;
mod energy_panel;
mod heater;
mod live;
mod number;
mod page;
mod part;
mod part_list;
mod pipe;
mod pump;
mod setpoint_slider;
mod status_strip;
mod texts;
mod thermometer;
mod trend_charts;
mod trends;
mod valve;
mod vessel;
mod view;

pub use act::{Act, ActError};
pub(crate) use page::BreweryPage;
pub use trends::{POINTS_MAX, TrendPoint};
pub use view::{
    AlarmView, AlarmWord, EnergyView, FaultView, FaultWord, PlantPage, PlantView, PumpView, Standing, ValveView,
    VesselView,
};
