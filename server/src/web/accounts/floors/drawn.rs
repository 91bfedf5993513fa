//! Two layouts, each in the units of its own plan, to be drawn on the later one.

use app::admin::Drawn;
use domain::ViewBox;
use drafting::{Layout, PlanSheet};

/// Draws `before` and `after` on the plan of `after`.
pub(super) fn draw(before: (&Layout, &PlanSheet), after: (&Layout, &PlanSheet)) -> Drawn {
    let plan = after.1.plan.clone();
    let is_plan_new = before.1.plan != plan;
    Drawn { before: fit(before.0, before.1.plan.view_box, plan.view_box), after: after.0.clone(), plan, is_plan_new }
}

/// A layout in the units of another plan, as publishing does it.
pub(super) fn fit(layout: &Layout, from: ViewBox, to: ViewBox) -> Layout {
    if from == to { layout.clone() } else { layout.moved_onto(from, to) }
}
