package rule_test

import (
	"fmt"
	"reflect"

	"wenguan/models/civil"
	"wenguan/models/rule"
)

// full is a book with every field set to something, contradictions included: what nothing may be lost of.
func full() *rule.Book {
	b := &rule.Book{}
	fill(reflect.ValueOf(b).Elem(), 1)
	return b
}

// fill sets every field below v to something that is not its zero value.
func fill(v reflect.Value, n int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n+i)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n+1)
	case reflect.String:
		v.SetString(fmt.Sprint("text ", n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int32:
		v.SetInt(int64(60 + n))
		if v.Type() == reflect.TypeFor[civil.Date]() {
			v.SetInt(20000 + int64(n))
		}
	default:
		panic(fmt.Sprint("no value for ", v.Type()))
	}
}
