//! The description of the admin API.

use super::operations::{OPERATIONS, Operation};
use axum::Json;
use serde_json::{Map, Value, json};

pub(super) async fn describe() -> Json<Value> {
    Json(document())
}

fn document() -> Value {
    let mut paths = Map::new();
    for operation in &OPERATIONS {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method] = describe_operation(operation);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Brewery stub, admin API", "version": env!("CARGO_PKG_VERSION") },
        "servers": [{ "url": "/admin/api" }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": { "Error": {
                "type": "object", "required": ["error"], "properties": { "error": { "type": "string" } }
            } }
        }
    })
}

fn describe_operation(operation: &Operation) -> Value {
    let error = json!({ "description": "Why not",
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } } });
    let done = match operation.answer {
        Some(kind) => json!({ "description": operation.summary, "content": { kind: {} } }),
        None => json!({ "description": operation.summary }),
    };
    let code = match (operation.method, operation.path, operation.answer) {
        ("put", "/instances/{name}", _) => "201",
        (_, _, None) => "204",
        _ => "200",
    };
    let mut described = json!({
        "summary": operation.summary,
        "operationId": operation_id(operation),
        "responses": { code: done, "4XX": error }
    });
    if operation.path.contains("{name}") {
        let name = json!({ "name": "name", "in": "path", "required": true, "schema": { "type": "string" } });
        described["parameters"] = json!([name]);
    }
    if let Some((kind, example)) = operation.body {
        let example = serde_json::from_str(example).unwrap_or_else(|_| Value::from(example));
        described["requestBody"] = json!({ "content": { kind: { "example": example } } });
    }
    described
}

/// `put-instances-name-clock`.
fn operation_id(operation: &Operation) -> String {
    let words = operation.path.replace(['{', '}'], "").replace(['/', '.'], "-");
    format!("{}{words}", operation.method)
}
