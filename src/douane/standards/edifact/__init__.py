"""UN/EDIFACT interchanges by ISO 9735: service segments, character repertoires, control answers (CONTRL). No I/O."""
