package app_test

import "wenguan/models/account"

// accessOfStaff is who may see and give roles, and make and revoke devices. {staff} is an account with a role whose id
// is {grant}, {device} a door of the venue "room".
var accessOfStaff = []row{
	{method: "GET", path: "/roles", want: outcomes{200: "administrators"}},
	{method: "GET", path: "/staff", want: outcomes{200: "administrators"}},
	{method: "POST", path: "/accounts", body: `{"name":"新人","email":"{email}","grant":{"role":"attendant","venues":["room"]}}`,
		want: outcomes{201: "administrator"}},
	{method: "GET", path: "/accounts/{staff}/grants", want: outcomes{200: "administrators"}},
	{method: "POST", path: "/accounts/{staff}/grants", body: `{"role":"administrator"}`, want: outcomes{201: "administrator"}},
	{method: "DELETE", path: "/accounts/{staff}/grants/{grant}", want: outcomes{204: "administrator"}},
	{method: "POST", path: "/accounts/{staff}/enrolment-links", want: outcomes{201: "administrator"}},
	{method: "GET", path: "/venues/room/devices", want: outcomes{200: "managers"}},
	{method: "POST", path: "/venues/room/devices", body: `{"name":"东门","purpose":"door"}`, want: outcomes{201: "managers"}},
	{method: "DELETE", path: "/venues/room/devices/{device}", want: outcomes{204: "managers"}},
	{method: "DELETE", path: "/venues/elsewhere/devices/{device}", want: outcomes{404: "manager-elsewhere district"}},
}

var fillersOfStaff = map[string]filler{
	"{staff}": func(s *scene) map[string]string {
		made := s.Account("有角色", account.Grant{Role: account.Counter, Venues: []string{"room"}})
		return map[string]string{"{staff}": made.ID, "{grant}": made.Grants[0].ID}
	},
	"{email}": func(s *scene) map[string]string {
		return map[string]string{"{email}": s.Account("谁").ID + "@wenguan.example"}
	},
	"{device}": func(s *scene) map[string]string {
		return map[string]string{"{device}": s.MakeDevice(account.Door, "room").ID}
	},
}
