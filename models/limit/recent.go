package limit

// recent remembers something by key, of about the most recent keys: two generations of them, of which the older is
// forgotten when the younger is full. It is not safe for concurrent use.
type recent[V any] struct {
	most         int
	young, older map[string]V
}

func newRecent[V any](most int) recent[V] {
	return recent[V]{most: max(1, most/2), young: map[string]V{}}
}

// get returns what is remembered, the zero value for what is not.
func (r *recent[V]) get(key string) V {
	if v, known := r.young[key]; known {
		return v
	}
	return r.older[key]
}

func (r *recent[V]) put(key string, v V) {
	if _, known := r.young[key]; !known && len(r.young) >= r.most {
		r.older, r.young = r.young, map[string]V{}
	}
	r.young[key] = v
}
