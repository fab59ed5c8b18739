package apptest

import (
	"fmt"
	"sync/atomic"

	"wenguan/models/organization"
)

var codes atomic.Int64

// CreditCode is a valid unified social credit code that no other test of this binary has.
func CreditCode() string {
	first := fmt.Sprintf("51361130%09d", codes.Add(1))
	return first + string(organization.CheckCharacter(first))
}

// Registration is the form of an organization with a code of its own, as POST /organizations takes it.
func Registration(name string) map[string]any {
	return map[string]any{
		"name": name, "code": CreditCode(), "kind": organization.Association, "contact": "王小明", "phone": "0793-7210000",
	}
}
