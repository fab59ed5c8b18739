package report

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Measures are stored as arrays of numbers, and lists of them as one flat array of rows: a key and the measures. A year
// of a large district reads hundreds of thousands of measures, and names, nesting and reflection would be nearly all of
// the work.

// width is how many numbers measures are. Their stored order is that of Measures.fields. Before walk-ins were counted, and
// then refused requests, they were fewer: what is stored from then reads as none of them. A list says its width first, as
// a negative number, unless it is of the first width, which said nothing.
const (
	width      = 12
	firstWidth = 9
)

// fields are the stored order; it must never change.
func (m *Measures) fields() [width]*int64 {
	return [width]*int64{&m.Offered, &m.Booked, &m.Attended, &m.Released, &m.Reused,
		&m.Bookings, &m.People, &m.NoShows, &m.Cancelled, &m.WalkIns, &m.Full, &m.Refused}
}

func (m *Measures) append(to []int64) []int64 {
	for _, f := range m.fields() {
		to = append(to, *f)
	}
	return to
}

func (m *Measures) set(from []int64) {
	for i, f := range m.fields() {
		if *f = 0; i < len(from) {
			*f = from[i]
		}
	}
}

// MarshalBSONValue implements bson.ValueMarshaler.
func (m Measures) MarshalBSONValue() (byte, []byte, error) {
	return marshalNumbers(m.append(make([]int64, 0, width)))
}

// UnmarshalBSONValue implements bson.ValueUnmarshaler.
func (m *Measures) UnmarshalBSONValue(t byte, b []byte) error {
	var list [width]int64
	got, err := unmarshalNumbers(t, b, list[:0])
	if err == nil && (len(got) < firstWidth || len(got) > width) {
		err = fmt.Errorf("measures are %d numbers, not %d", width, len(got))
	}
	if err == nil {
		m.set(got)
	}
	return err
}

// MarshalBSONValue implements bson.ValueMarshaler.
func (h HourMeasures) MarshalBSONValue() (byte, []byte, error) {
	list := append(make([]int64, 0, 1+len(h)*(1+width)), -width)
	for i := range h {
		list = h[i].Measures.append(append(list, int64(h[i].Hour)))
	}
	return marshalNumbers(list)
}

// UnmarshalBSONValue implements bson.ValueUnmarshaler.
func (h *HourMeasures) UnmarshalBSONValue(t byte, b []byte) error {
	var room [1 + 24*(1+width)]int64
	list, size, err := unmarshalRows(t, b, room[:0])
	*h = make(HourMeasures, len(list)/size)
	for i := range *h {
		row := list[i*size : (i+1)*size]
		(*h)[i].Hour = int(row[0])
		(*h)[i].Measures.set(row[1:])
	}
	return err
}

// MarshalBSONValue implements bson.ValueMarshaler.
func (d dayTotals) MarshalBSONValue() (byte, []byte, error) {
	list := append(make([]int64, 0, 1+len(d)*(1+width)), -width)
	for i := range d {
		list = d[i].Total.append(append(list, int64(d[i].Day)))
	}
	return marshalNumbers(list)
}

// UnmarshalBSONValue implements bson.ValueUnmarshaler.
func (d *dayTotals) UnmarshalBSONValue(t byte, b []byte) error {
	var room [1 + 31*(1+width)]int64
	list, size, err := unmarshalRows(t, b, room[:0])
	*d = make(dayTotals, len(list)/size)
	for i := range *d {
		row := list[i*size : (i+1)*size]
		(*d)[i].Day = int(row[0])
		(*d)[i].Total.set(row[1:])
	}
	return err
}

// unmarshalRows gives the rows, each a key and measures, and how many numbers a row is.
func unmarshalRows(t byte, b []byte, to []int64) (rows []int64, size int, err error) {
	rows, err = unmarshalNumbers(t, b, to)
	size = 1 + firstWidth
	if len(rows) > 0 && rows[0] < 0 {
		size, rows = 1-int(rows[0]), rows[1:]
	}
	if err == nil && len(rows)%size != 0 {
		err = fmt.Errorf("rows of measures are %d numbers each; %d are left over", size, len(rows)%size)
	}
	if err != nil {
		rows = nil
	}
	return rows, size, err
}

// marshalNumbers is a BSON array (https://bsonspec.org/spec.html) of int32 and, where they do not fit, int64.
func marshalNumbers(list []int64) (byte, []byte, error) {
	b := make([]byte, 4, 5+12*len(list))
	for i, n := range list {
		small := n == int64(int32(n))
		if small {
			b = append(b, byte(bson.TypeInt32))
		} else {
			b = append(b, byte(bson.TypeInt64))
		}
		b = append(strconv.AppendInt(b, int64(i), 10), 0)
		if small {
			b = binary.LittleEndian.AppendUint32(b, uint32(int32(n)))
		} else {
			b = binary.LittleEndian.AppendUint64(b, uint64(n))
		}
	}
	b = append(b, 0)
	binary.LittleEndian.PutUint32(b, uint32(len(b)))
	return byte(bson.TypeArray), b, nil
}

// unmarshalNumbers appends the numbers of a BSON array. A double is taken too: database shells write them.
func unmarshalNumbers(t byte, b []byte, to []int64) ([]int64, error) {
	bad := fmt.Errorf("measures are stored as an array of numbers")
	if t != byte(bson.TypeArray) || len(b) < 5 {
		return nil, bad
	}
	for b = b[4 : len(b)-1]; len(b) > 0; {
		kind, n := bson.Type(b[0]), 1
		for n < len(b) && b[n] != 0 {
			n++
		}
		size := 8
		if kind == bson.TypeInt32 {
			size = 4
		}
		if len(b) < n+1+size {
			return nil, bad
		}
		value := b[n+1 : n+1+size]
		switch kind {
		case bson.TypeInt32:
			to = append(to, int64(int32(binary.LittleEndian.Uint32(value))))
		case bson.TypeInt64:
			to = append(to, int64(binary.LittleEndian.Uint64(value)))
		case bson.TypeDouble:
			to = append(to, int64(math.Float64frombits(binary.LittleEndian.Uint64(value))))
		default:
			return nil, bad
		}
		b = b[n+1+size:]
	}
	return to, nil
}
