// SPDX-License-Identifier: GPL-3.0-or-later
// Holds a value against a schema: type, enum, required, additionalProperties, items, lengths, bounds, $ref.
#include "daemon/api_schema.hpp"

#include "desk/characters.hpp"
#include "desk/nearest.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

bool has_type(json::value const& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  // What needs the 64th bit is no number of ours.
  if (type == "integer") return value.is_int64();
  if (type == "number") return value.is_number();
  return type == "null" && value.is_null();
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return !desk::is_inner(c); }));
}

class SchemaChecking {
 public:
  std::vector<std::string> faults;

  void check(json::value const& value, json::object const& schema, std::string const& place) {
    if (json::value const* ref = schema.if_contains("$ref")) {
      std::string_view const name{ref->as_string()};
      return check(value, api_schemas().at(name.substr(name.rfind('/') + 1)).as_object(), place);
    }
    if (!right_type(value, schema, place)) return;
    if (json::value const* words = schema.if_contains("enum")) one_of(value, words->as_array(), place);
    if (value.is_object()) object(value.as_object(), schema, place);
    if (value.is_array()) array(value.as_array(), schema, place);
    if (value.is_string())
      size(characters(value.as_string()), schema, "minLength", "maxLength", " characters", place);
    if (value.is_int64()) bounds(value.as_int64(), schema, place);
  }

 private:
  void add(std::string const& place, std::string const& what) {
    faults.push_back((place.empty() ? "the body" : place) + " " + what);
  }

  bool right_type(json::value const& value, json::object const& schema, std::string const& place) {
    json::value const* type = schema.if_contains("type");
    if (type == nullptr) return true;
    if (type->is_string()) {
      if (has_type(value, type->as_string())) return true;
      add(place, "is no " + std::string{type->as_string()});
      return false;
    }
    for (json::value const& one : type->as_array())
      if (has_type(value, one.as_string())) return true;
    add(place, "has none of the types " + json::serialize(*type));
    return false;
  }

  void one_of(json::value const& value, json::array const& words, std::string const& place) {
    if (std::find(words.begin(), words.end(), value) != words.end()) return;
    add(place, "is none of " + json::serialize(words));
  }

  void object(json::object const& value, json::object const& schema, std::string const& place) {
    if (json::value const* required = schema.if_contains("required"))
      for (json::value const& key : required->as_array())
        if (!value.contains(key.as_string())) add(place, "lacks \"" + std::string{key.as_string()} + "\"");
    json::value const* properties = schema.if_contains("properties");
    if (properties == nullptr) return;
    json::value const* more = schema.if_contains("additionalProperties");
    bool const closed = more != nullptr && more->is_bool() && !more->as_bool();
    for (auto const& [key, inner] : value) {
      std::string const where = place + "/" + std::string{key};
      if (json::value const* shape = properties->as_object().if_contains(key))
        check(inner, shape->as_object(), where);
      else if (closed)
        unknown(std::string{key}, properties->as_object(), place);
    }
  }

  void unknown(std::string const& key, json::object const& properties, std::string const& place) {
    std::vector<std::string_view> known;
    for (auto const& [name, shape] : properties) known.emplace_back(name);
    auto const near = desk::nearest(key, known);
    add(place, "has no \"" + key + "\"" + (near ? "; did you mean \"" + std::string{*near} + "\"?" : ""));
  }

  void array(json::array const& value, json::object const& schema, std::string const& place) {
    size(value.size(), schema, "minItems", "maxItems", " entries", place);
    json::value const* items = schema.if_contains("items");
    if (items == nullptr) return;
    for (std::size_t i = 0; i < value.size(); ++i)
      check(value[i], items->as_object(), place + "/" + std::to_string(i));
  }

  void size(std::size_t size, json::object const& schema, std::string_view least, std::string_view most,
            std::string const& unit, std::string const& place) {
    auto const bound = [&](std::string_view key) {
      json::value const* value = schema.if_contains(key);
      return value == nullptr ? std::int64_t{-1} : value->as_int64();
    };
    auto const has = static_cast<std::int64_t>(size);
    if (has < bound(least)) add(place, has == 0 ? "is empty" : "is too short");
    if (bound(most) >= 0 && has > bound(most))
      add(place, "has more than " + std::to_string(bound(most)) + unit);
  }

  void bounds(std::int64_t value, json::object const& schema, std::string const& place) {
    json::value const* least = schema.if_contains("minimum");
    json::value const* most = schema.if_contains("maximum");
    if (least != nullptr && value < least->as_int64())
      add(place, "is less than " + std::to_string(least->as_int64()));
    if (most != nullptr && value > most->as_int64())
      add(place, "is more than " + std::to_string(most->as_int64()));
  }
};

}  // namespace

std::vector<std::string> faults_of(json::value const& value, std::string_view schema) {
  SchemaChecking checking;
  checking.check(value, api_schemas().at(schema).as_object(), "");
  return std::move(checking.faults);
}

}  // namespace spoc::daemon
