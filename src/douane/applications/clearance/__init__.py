"""Clearance: what the procedures of import and export declare alike, and the steps they take alike."""
