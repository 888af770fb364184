package protocol

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
)

// slot is a place in the variables that waits for a file.
type slot struct {
	object map[string]any
	name   string
	list   []any
	index  int
}

func (s slot) put(file graphql.Upload) {
	if s.object != nil {
		s.object[s.name] = file
		return
	}
	s.list[s.index] = file
}

func (s slot) value() any {
	if s.object != nil {
		return s.object[s.name]
	}
	return s.list[s.index]
}

// parseMap reads the map part: for each file the paths in the variables where it
// belongs. Every path is followed before a byte of a file is read, and must end
// at a null, as the specification says; what does not is refused in words, and
// no path, however written, ends in a panic (API-5).
func parseMap(body []byte, variables map[string]any, l Limits) (map[string][]slot, *refusal) {
	if refused := measureJSON(body, 2); refused != nil {
		return nil, malformed("The map must be an object of lists of paths.")
	}
	var paths map[string][]string
	if err := json.Unmarshal(body, &paths); err != nil || paths == nil {
		return nil, malformed("The map must be an object of lists of paths.")
	}
	if len(paths) > l.Files {
		return nil, tooMuch("An upload may have at most %d files.", l.Files).with(400)
	}
	slots, total := make(map[string][]slot, len(paths)), 0
	for file, list := range paths {
		if len(list) == 0 {
			return nil, malformed("The map names a file without a path.")
		}
		if total += len(list); total > l.Paths {
			return nil, tooMuch("An upload may put files into at most %d places.", l.Paths).with(400)
		}
		for _, p := range list {
			place, refused := follow(p, variables)
			if refused != nil {
				return nil, refused
			}
			slots[file] = append(slots[file], place)
			// A second path to the same place finds no null there any more.
			place.put(graphql.Upload{})
		}
	}
	return slots, nil
}

// follow finds the place a path names, "variables.input.files.0".
func follow(p string, variables map[string]any) (slot, *refusal) {
	elements := strings.Split(p, ".")
	if elements[0] != "variables" || len(elements) < 2 {
		return slot{}, malformed("A path of the map must begin with \"variables.\".")
	}
	if variables == nil {
		return slot{}, malformed("The map names variables, but operations has none.")
	}
	var at any = variables
	var place slot
	for _, element := range elements[1:] {
		switch v := at.(type) {
		case map[string]any:
			if _, ok := v[element]; !ok {
				return slot{}, malformed("A path of the map names a member that operations does not have.")
			}
			place = slot{object: v, name: element}
		case []any:
			index, err := strconv.Atoi(element)
			if err != nil || index < 0 || index >= len(v) {
				return slot{}, malformed("A path of the map names an element that its list does not have.")
			}
			place = slot{list: v, index: index}
		default:
			return slot{}, malformed("A path of the map goes on below a value that has nothing below it.")
		}
		at = place.value()
	}
	if at != nil {
		return slot{}, malformed("A path of the map must end at null, and each place may be named once.")
	}
	return place, nil
}
