package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/baidubce/bce-sdk-go/bce"
)

// sweeper calls the methods of one service by name, once as they succeed and once as they are refused.
type sweeper struct {
	service reflect.Value
	tried   map[string]bool
}

// step is a call among several that are made alike.
type step struct {
	method    string
	arguments object
}

var wrong []string

func sweeperOf(service any) *sweeper { return &sweeper{reflect.ValueOf(service), map[string]bool{}} }

// of is the same sweep by another client, as another account has one.
func (s *sweeper) of(service any) *sweeper { return &sweeper{reflect.ValueOf(service), s.tried} }

// done is a call that must succeed, unless it is not emulated; it answers what came, as JSON has it.
func (s *sweeper) done(method string, arguments ...any) answer {
	came, err := s.call(method, arguments)
	if err != nil && codeOf(err) != "NotImplemented" {
		wrong = append(wrong, fmt.Sprint(method, ": ", err))
	}
	return came
}

// settled is a call that must succeed, and comes to its end.
func (s *sweeper) settled(method string, arguments ...any) answer {
	defer settle()
	return s.done(method, arguments...)
}

// refused is a call that must be refused with this code, unless it is not emulated.
func (s *sweeper) refused(code, method string, arguments ...any) {
	if !s.has(method) {
		return
	}
	_, err := s.call(method, arguments)
	if seen := codeOf(err); seen != code && seen != "NotImplemented" {
		wrong = append(wrong, fmt.Sprint(method, ": ", err, ", not ", code))
	}
}

func (s *sweeper) has(method string) bool { return s.service.MethodByName(method).IsValid() }

func (s *sweeper) call(method string, arguments []any) (came answer, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("%v", reason)
		}
	}()
	function := s.service.MethodByName(method)
	if !function.IsValid() {
		if allMethods {
			err = errors.New("there is no such method")
		}
		return answer{}, err
	}
	s.tried[method] = true
	given := []reflect.Value{}
	for index, argument := range arguments {
		given = append(given, shaped(argument, function.Type().In(index)))
	}
	results := function.Call(given)
	for _, result := range results {
		if failure, is := result.Interface().(error); is && failure != nil {
			return answer{}, failure
		}
	}
	var tree any
	text, _ := json.Marshal(results[0].Interface())
	check(json.Unmarshal(text, &tree))
	return answer{tree}, nil
}

// shaped makes a value of the type that a method takes; members are named as in JSON or as in Go.
func shaped(argument any, wanted reflect.Type) reflect.Value {
	members, is := argument.(object)
	if !is {
		return reflect.ValueOf(argument).Convert(wanted)
	}
	made := reflect.New(wanted.Elem())
	for name, value := range members {
		field, found := fieldOf(made.Elem(), name)
		if !found {
			if allMethods {
				panic(fmt.Sprint(wanted, " has no ", name))
			}
			continue
		}
		check(json.Unmarshal(must(json.Marshal(value)), field.Addr().Interface()))
	}
	return made
}

func fieldOf(made reflect.Value, name string) (reflect.Value, bool) {
	for index := range made.NumField() {
		field := made.Type().Field(index)
		tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if tag == name || strings.EqualFold(field.Name, name) {
			return made.Field(index), true
		}
		if field.Anonymous && field.Type.Kind() == reflect.Struct {
			if inner, found := fieldOf(made.Field(index), name); found {
				return inner, true
			}
		}
	}
	return reflect.Value{}, false
}

func codeOf(err error) string {
	var service *bce.BceServiceError
	if errors.As(err, &service) {
		return service.Code
	}
	return ""
}

// answer is what came, by dotted path, the first of each list; of what is not emulated everything is "absent".
type answer struct{ tree any }

func (a answer) at(path string) string {
	tree := a.tree
	for _, name := range strings.Split(path, ".") {
		members, _ := firstOf(tree).(map[string]any)
		tree = members[name]
	}
	tree = firstOf(tree)
	if truth, is := tree.(bool); is {
		return strconv.FormatBool(truth)
	}
	if text, is := tree.(string); is {
		return text
	}
	return "absent"
}

// first is the first text of an answer that is a list of them.
func (a answer) first() string {
	if text, is := firstOf(a.tree).(string); is {
		return text
	}
	return "absent"
}

func firstOf(tree any) any {
	if list, is := tree.([]any); is && len(list) > 0 {
		return list[0]
	}
	return tree
}

// untried are the methods that were not called, but for those that are no calls of the API.
func (s *sweeper) untried() []string {
	left := []string{}
	for index := range s.service.NumMethod() {
		name := s.service.Type().Method(index).Name
		if !s.tried[name] && !plumbing[name] {
			left = append(left, name)
		}
	}
	return left
}
