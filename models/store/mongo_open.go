package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"

	"wenguan/models/fault"
)

const (
	mongoDatabase = "wenguan"        // unless the URI names one
	mongoTimeout  = 30 * time.Second // of an operation, and of an update with its retries, unless ctx or the URI (timeoutMS) sets one
	mongoSelect   = 5 * time.Second  // to find a primary, unless the URI (serverSelectionTimeoutMS) sets it
	mongoWire     = 17               // MongoDB 6.0
)

// Codes of server errors, https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml.
const (
	codeNamespaceExists      = 48
	codeIndexOptionsConflict = 85
	codeIndexKeySpecs        = 86
)

// OpenMongo connects to the replica set or sharded cluster of the URI and makes the collections and indexes that are
// missing, in the database the URI names ("wenguan" if none). An index that exists by the same name but is declared
// otherwise is made anew; what is not declared is left alone. fault.Unavailable ("store_unreachable") if there is no
// primary, fault.Invalid ("replica_set_required") if the server stands alone: it has no transactions.
func OpenMongo(ctx context.Context, uri string, collections []Collection) (*Mongo, error) {
	s, err := compile(collections)
	if err != nil {
		return nil, err
	}
	client, err := mongo.Connect(mongoOptions(uri))
	if err != nil {
		return nil, fault.New(fault.Invalid, "store_url", "The address of the MongoDB store is not valid: %s.", err)
	}
	m := &Mongo{client: client, db: client.Database(databaseOf(uri)), schema: s, turn: make(chan struct{}, 1)}
	if err := m.check(ctx); err != nil {
		return nil, errors.Join(err, m.Close())
	}
	for _, d := range collections {
		if err := m.prepare(ctx, s.collections[d.Name]); err != nil {
			return nil, errors.Join(fmt.Errorf("prepare collection %q: %w", d.Name, err), m.Close())
		}
	}
	return m, nil
}

func mongoOptions(uri string) *options.ClientOptions {
	o := options.Client().SetServerSelectionTimeout(mongoSelect).SetTimeout(mongoTimeout).SetAppName("wenguan").ApplyURI(uri)
	return o.SetReadPreference(readpref.Primary()).SetReadConcern(readconcern.Majority()).
		SetWriteConcern(writeconcern.Majority())
}

// databaseOf is the database a connection string names.
func databaseOf(uri string) string {
	_, rest, _ := strings.Cut(uri, "://")
	rest, _, _ = strings.Cut(rest, "?")
	_, name, _ := strings.Cut(rest, "/")
	if plain, err := url.PathUnescape(name); err == nil && plain != "" {
		return plain
	}
	return mongoDatabase
}

// check refuses servers that cannot keep the contract.
func (m *Mongo) check(ctx context.Context) error {
	var hello struct {
		SetName string `bson:"setName"`
		Msg     string `bson:"msg"` // "isdbgrid": a mongos, the router of a sharded cluster
		Wire    int32  `bson:"maxWireVersion"`
	}
	if err := m.client.Database("admin").RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&hello); err != nil {
		return mongoFault(ctx, err)
	}
	switch {
	case hello.SetName == "" && hello.Msg != "isdbgrid":
		return fault.New(fault.Invalid, "replica_set_required", "This MongoDB server stands alone and has no transactions. "+
			"Start it as a replica set (mongod --replSet rs0, then rs.initiate()); one member is enough.")
	case hello.Wire < mongoWire:
		return fault.New(fault.Invalid, "server_too_old", "This MongoDB server is too old; version 6.0 or later is needed.")
	}
	return nil
}

func (m *Mongo) prepare(ctx context.Context, c *collection) error {
	err := m.db.CreateCollection(ctx, c.name)
	if err != nil && !hasCode(err, codeNamespaceExists) {
		return mongoFault(ctx, err)
	}
	indexes := m.db.Collection(c.name).Indexes()
	for _, i := range c.indexes {
		_, err := indexes.CreateOne(ctx, i.model())
		if hasCode(err, codeIndexOptionsConflict) || hasCode(err, codeIndexKeySpecs) {
			if err = indexes.DropOne(ctx, i.Name); err == nil {
				_, err = indexes.CreateOne(ctx, i.model())
			}
		}
		if err != nil {
			return fmt.Errorf("index %q: %w", i.Name, mongoFault(ctx, err))
		}
	}
	return nil
}

// model is the index in MongoDB: only of documents that have all its fields, and with the _id to order ties, which a
// unique index has none of.
func (i *index) model() mongo.IndexModel {
	var keys, filter bson.D
	for _, f := range i.Fields {
		keys = append(keys, bson.E{Key: f, Value: 1})
		filter = append(filter, bson.E{Key: f, Value: bson.D{{Key: "$exists", Value: true}}})
	}
	if !i.Unique {
		keys = append(keys, bson.E{Key: "_id", Value: 1})
	}
	o := options.Index().SetName(i.Name).SetPartialFilterExpression(filter)
	if i.Unique {
		o.SetUnique(true)
	}
	return mongo.IndexModel{Keys: keys, Options: o}
}

func hasCode(err error, code int) bool {
	e, ok := errors.AsType[mongo.ServerError](err)
	return ok && e.HasErrorCode(code)
}
