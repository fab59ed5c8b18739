package venue

import "slices"

// Kinds are all kinds of venue.
func Kinds() []Kind { return []Kind{Corridor, Square, ReadingRoom, IdleVenue} }

// Valid reports whether the product knows the kind.
func (k Kind) Valid() bool { return slices.Contains(Kinds(), k) }

// Allocations are all ways to claim atoms.
func Allocations() []Allocation { return []Allocation{Exclusive, Shared, AnyOf} }

// Valid reports whether the product knows the allocation.
func (a Allocation) Valid() bool { return slices.Contains(Allocations(), a) }

// SpaceTypes are all types of space.
func SpaceTypes() []SpaceType { return []SpaceType{Seat, Room, Hall, Panel, OpenArea} }

// Valid reports whether the product knows the type.
func (t SpaceType) Valid() bool { return slices.Contains(SpaceTypes(), t) }

// Features are all features.
func Features() []Feature {
	return []Feature{
		StepFree, Lift, Toilet, Hearing, Wifi, Power, Projector, Piano, Mirror, Sound, Water, Parking, Nursing, AirCon,
	}
}

// Valid reports whether the product knows the feature.
func (f Feature) Valid() bool { return slices.Contains(Features(), f) }
