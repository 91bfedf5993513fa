use crate::backend::PlantError;
use crate::brewery::{PlantPage, PlantView, TrendPoint};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What the page of a plant begins with; of the first one without a name.
#[server(endpoint = "open_plant", input = GetUrl)]
pub async fn open_plant(plant: Option<String>) -> Result<PlantPage, PlantError> {
    let standing = crate::backend::use_standing();
    let opened = crate::backend::use_plants().and_then(|plants| plants.open(plant.as_deref(), standing));
    opened.map_err(PlantError::replied)
}

/// How a plant was, oldest first.
#[server(endpoint = "read_plant_trends", input = GetUrl)]
pub async fn read_plant_trends(plant: String) -> Result<Vec<TrendPoint>, PlantError> {
    crate::backend::use_plants().and_then(|plants| plants.trends(&plant)).map_err(PlantError::replied)
}

/// Does something to a plant: the text of an [`crate::brewery::Act`]. Forms of pages without scripts send it, too; the one of
/// a setpoint has the end of that text in a field of its own.
#[server(endpoint = "act_on_plant")]
pub async fn act_on_plant(plant: String, act: String, celsius: Option<String>) -> Result<PlantView, PlantError> {
    let by = crate::backend::use_operator().map_err(PlantError::replied)?;
    let text = celsius.map_or_else(|| act.clone(), |celsius| format!("{act}_{}", celsius.trim()));
    let act = text.parse().map_err(|_| PlantError::Senseless);
    let done = act.and_then(|act| crate::backend::use_plants()?.act(&by, &plant, &act));
    done.map_err(PlantError::replied)
}
