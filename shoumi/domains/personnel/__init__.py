"""涉密人员: posts, then people; what a clearance rests on, how it lasts, and how it ends."""
