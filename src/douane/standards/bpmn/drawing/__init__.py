"""Pictures of BPMN diagrams: layout, routes, lettering, shapes."""
