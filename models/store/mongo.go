package store

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/mongo"
)

// Mongo is the store on a MongoDB replica set or sharded cluster.
type Mongo struct {
	client *mongo.Client
}

// OpenMongo connects.
func OpenMongo(ctx context.Context, uri string, collections []Collection) (*Mongo, error) {
	return nil, fmt.Errorf("open MongoDB: %w", errors.ErrUnsupported)
}

// View implements Store.
func (m *Mongo) View(ctx context.Context, fn func(Tx) error) error { return errors.ErrUnsupported }

// Update implements Store.
func (m *Mongo) Update(ctx context.Context, fn func(Tx) error) error { return errors.ErrUnsupported }

// Close implements Store.
func (m *Mongo) Close() error { return nil }
