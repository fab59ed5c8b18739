package app_test

// accessOfBookings is who may book, see a booking, change it, check it in and see the board.
var accessOfBookings = []row{
	{method: "POST", path: "/bookings", body: `{"venue":"room","space":"seats","start":"2026-11-26T09:00","end":"2026-11-26T10:00"}`,
		want: outcomes{201: "people"}},
	{method: "GET", path: "/bookings", want: outcomes{200: "people"}},
	{method: "GET", path: "/bookings/{booking}", want: outcomes{200: "holder attendants", 404: "people"}},
	{method: "POST", path: "/bookings/{booking}/moves", body: `{"start":"2026-11-25T09:00","end":"2026-11-25T10:00"}`,
		want: outcomes{200: "holder counters", 403: "attendants", 404: "people"}},
	{method: "POST", path: "/bookings/{booking}/cancellation", body: `{"reason":"有事"}`,
		want: outcomes{200: "holder counters", 403: "attendants", 404: "people"}},
	{method: "POST", path: "/bookings/{booking}/check-in", want: outcomes{200: "holder attendants", 404: "people"}},
	{method: "POST", path: "/bookings/{in}/leave", want: outcomes{200: "holder attendants", 404: "people"}},
	{method: "POST", path: "/bookings/{in}/return", want: outcomes{200: "holder attendants", 404: "people"}},
	{method: "POST", path: "/bookings/{in}/report", want: outcomes{200: "holder attendants", 404: "people"}},
	{method: "POST", path: "/bookings/{in}/release", want: outcomes{200: "attendants", 404: "attendant-elsewhere counter-elsewhere manager-elsewhere door kiosk door-elsewhere kiosk-elsewhere"}},
	{method: "POST", path: "/bookings/{in}/check-out", want: outcomes{200: "holder attendants", 404: "people"}},
	{method: "GET", path: "/bookings/{booking}/pass", want: outcomes{200: "holder counters", 403: "attendants", 404: "people"}},
	{method: "GET", path: "/bookings/{booking}/pass.png", want: outcomes{200: "holder counters", 403: "attendants", 404: "people"}},
	{method: "GET", path: "/bookings/{booking}/pass.svg", want: outcomes{200: "holder counters", 403: "attendants", 404: "people"}},
	{method: "POST", path: "/check-ins", body: `{"venue":"room","number":"{number}"}`, want: outcomes{200: "attendants door kiosk"}},
	{method: "POST", path: "/venues/room/card-attendance", body: `{"identity_number":"000000199001019995"}`, want: outcomes{404: "attendants door kiosk"}},
	{method: "GET", path: "/venues/room/board", want: outcomes{200: "attendants display"}},
}
