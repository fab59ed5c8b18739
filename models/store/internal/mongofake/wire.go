//lint:file-ignore SA1019 the driver still greets a server with OP_QUERY

package mongofake

import (
	"encoding/binary"
	"io"
	"net"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/wiremessage"
)

// serve answers the messages of one connection: OP_MSG, and OP_QUERY for the driver's first hello.
// https://github.com/mongodb/specifications/blob/master/source/message/OP_MSG.md
func (s *Server) serve(conn net.Conn) {
	defer conn.Close()
	for {
		message, err := readMessage(conn)
		if err != nil {
			return
		}
		_, request, _, opcode, body, _ := wiremessage.ReadHeader(message)
		var command bson.Raw
		if opcode == wiremessage.OpQuery {
			command = queryCommand(body)
		} else {
			command = msgCommand(body)
		}
		answer, hangUp := s.run(command)
		if hangUp {
			return
		}
		if err := writeAnswer(conn, request, opcode, answer); err != nil {
			return
		}
	}
}

func readMessage(r io.Reader) ([]byte, error) {
	message := make([]byte, 4)
	if _, err := io.ReadFull(r, message); err != nil {
		return nil, err
	}
	message = append(message, make([]byte, binary.LittleEndian.Uint32(message)-4)...)
	_, err := io.ReadFull(r, message[4:])
	return message, err
}

func queryCommand(body []byte) bson.Raw {
	_, body, _ = wiremessage.ReadQueryFlags(body)
	_, body, _ = wiremessage.ReadQueryFullCollectionName(body)
	_, body, _ = wiremessage.ReadQueryNumberToSkip(body)
	_, body, _ = wiremessage.ReadQueryNumberToReturn(body)
	command, _, _ := wiremessage.ReadQueryQuery(body)
	return bson.Raw(command)
}

// msgCommand is the command of an OP_MSG, with its document sequences as arrays.
func msgCommand(body []byte) bson.Raw {
	_, body, _ = wiremessage.ReadMsgFlags(body)
	var command bsoncore.Document
	var arrays [][]byte
	for len(body) > 0 {
		var kind wiremessage.SectionType
		var ok bool
		if kind, body, ok = wiremessage.ReadMsgSectionType(body); !ok {
			break
		}
		if kind == wiremessage.SingleDocument {
			if command, body, ok = wiremessage.ReadMsgSectionSingleDocument(body); !ok {
				break
			}
			continue
		}
		var name string
		var docs []bsoncore.Document
		if name, docs, body, ok = wiremessage.ReadMsgSectionDocumentSequence(body); !ok {
			break
		}
		values := bsoncore.NewArrayBuilder()
		for _, d := range docs {
			values.AppendDocument(d)
		}
		arrays = append(arrays, bsoncore.AppendArrayElement(nil, name, values.Build()))
	}
	whole := append([]byte(nil), command[:len(command)-1]...)
	for _, a := range arrays {
		whole = append(whole, a...)
	}
	whole = append(whole, 0)
	return bson.Raw(bsoncore.UpdateLength(whole, 0, int32(len(whole))))
}

func writeAnswer(w io.Writer, request int32, opcode wiremessage.OpCode, answer bson.D) error {
	doc, err := bson.Marshal(answer)
	if err != nil {
		return err
	}
	var index int32
	var message []byte
	if opcode == wiremessage.OpQuery {
		index, message = wiremessage.AppendHeaderStart(nil, wiremessage.NextRequestID(), request, wiremessage.OpReply)
		message = wiremessage.AppendReplyFlags(message, 0)
		message = wiremessage.AppendReplyCursorID(message, 0)
		message = wiremessage.AppendReplyStartingFrom(message, 0)
		message = wiremessage.AppendReplyNumberReturned(message, 1)
	} else {
		index, message = wiremessage.AppendHeaderStart(nil, wiremessage.NextRequestID(), request, wiremessage.OpMsg)
		message = wiremessage.AppendMsgFlags(message, 0)
		message = wiremessage.AppendMsgSectionType(message, wiremessage.SingleDocument)
	}
	message = append(message, doc...)
	_, err = w.Write(bsoncore.UpdateLength(message, index, int32(len(message))))
	return err
}
