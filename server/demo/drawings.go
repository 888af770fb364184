package demo

// pitch is what is drawn in the middle of the stadium, in the format of seating
// plans: the house's outer wall, the grass, its lines.
const pitch = `[
	{"shape": "ellipse", "position": {"x": 130, "y": 130}, "rotation": 0, "color": "#f1f4f8", "border_color": "#d5dce6", "ellipse": {"radius": {"x": 128, "y": 116}}},
	{"shape": "rectangle", "position": {"x": 74.5, "y": 93}, "rotation": 0, "color": "#d3ecd8", "border_color": "", "rectangle": {"width": 111, "height": 74}},
	{"shape": "rectangle", "position": {"x": 77.5, "y": 96}, "rotation": 0, "color": "#c2e4ca", "border_color": "#ffffff", "rectangle": {"width": 105, "height": 68}},
	{"shape": "rectangle", "position": {"x": 77.5, "y": 96}, "rotation": 0, "color": "", "border_color": "#ffffff", "rectangle": {"width": 52.5, "height": 68}},
	{"shape": "circle", "position": {"x": 130, "y": 130}, "rotation": 0, "color": "", "border_color": "#ffffff", "circle": {"radius": 9.15}},
	{"shape": "circle", "position": {"x": 130, "y": 130}, "rotation": 0, "color": "#ffffff", "border_color": "", "circle": {"radius": 0.6}},
	{"shape": "rectangle", "position": {"x": 77.5, "y": 109.85}, "rotation": 0, "color": "", "border_color": "#ffffff", "rectangle": {"width": 16.5, "height": 40.3}},
	{"shape": "rectangle", "position": {"x": 166, "y": 109.85}, "rotation": 0, "color": "", "border_color": "#ffffff", "rectangle": {"width": 16.5, "height": 40.3}},
	{"shape": "rectangle", "position": {"x": 77.5, "y": 120.85}, "rotation": 0, "color": "", "border_color": "#ffffff", "rectangle": {"width": 5.5, "height": 18.3}},
	{"shape": "rectangle", "position": {"x": 177, "y": 120.85}, "rotation": 0, "color": "", "border_color": "#ffffff", "rectangle": {"width": 5.5, "height": 18.3}}
]`

// stage is what is drawn in front of the theatre's seats.
const stage = `[
	{"shape": "polygon", "position": {"x": 130, "y": 132}, "rotation": 0, "color": "#efe7dc", "border_color": "#cdbfae",
		"polygon": {"points": [{"x": -8, "y": -6}, {"x": 8, "y": -6}, {"x": 6.5, "y": 3}, {"x": 0, "y": 4.4}, {"x": -6.5, "y": 3}]},
		"text": {"position": {"x": 0, "y": -1.5}, "color": "#5b4d3f", "text": "Scène", "size": 2}}
]`
