use crate::backend::PlantError;
use crate::brewery::{PlantPage, PlantView, TrendPoint};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What the page of a plant begins with; of the first one without a name.
#[server(endpoint = "open_plant", input = GetUrl)]
pub async fn open_plant(plant: Option<String>) -> Result<PlantPage, PlantError> {
    crate::backend::use_plants()?.open(plant.as_deref())
}

/// How a plant was, oldest first.
#[server(endpoint = "read_plant_trends", input = GetUrl)]
pub async fn read_plant_trends(plant: String) -> Result<Vec<TrendPoint>, PlantError> {
    crate::backend::use_plants()?.trends(&plant)
}

/// Does something to a plant: the text of an [`crate::brewery::Act`]. Forms of pages without scripts send it, too.
#[server(endpoint = "act_on_plant")]
pub async fn act_on_plant(plant: String, act: String) -> Result<PlantView, PlantError> {
    crate::backend::use_plants()?.act(&plant, &act.parse().map_err(|_| PlantError::Senseless)?)
}
