// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl template render and check, config check, print and keys.
#include "channels/maildir.hpp"
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "templates/letter.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

namespace spoc::ctl {
namespace {

namespace json = boost::json;

std::string as_text(json::value const& value) {
  return value.is_string() ? std::string{value.as_string()} : json::serialize(value);
}

/// {"words": ..} flat: strings are words, true ones are facts, arrays of objects are lists.
templates::Texts::Values values_of(json::object const& object) {
  templates::Texts::Values values;
  for (auto const& [key, value] : object) {
    std::string const name{key};
    if (value.is_bool()) {
      if (value.as_bool()) values.facts.insert(name);
    } else if (value.is_array()) {
      for (json::value const& row : value.as_array()) {
        templates::Texts::Row words;
        if (row.is_object())
          for (auto const& [word, text] : row.as_object()) words[std::string{word}] = as_text(text);
        values.lists[name].push_back(std::move(words));
      }
    } else {
      values.words[name] = as_text(value);
    }
  }
  return values;
}

/// The templates folder of the configuration, where there is one; the built-in texts need none.
std::filesystem::path own_texts(Common const& common) {
  if (!std::filesystem::exists(common.config)) return {};
  return daemon::load_config(common.config, daemon::Demand::words).config.templates;
}

}  // namespace

int template_render(Common const& common, std::string const& name, std::string const& language,
                    std::string const& data) {
  auto const texts = templates::Texts::load(own_texts(common));
  if (!texts) return fail(texts.error());
  auto const bytes = read_input(data);
  if (!bytes) return fail(bytes.error());
  boost::system::error_code fault;
  json::value const parsed = json::parse(*bytes, fault);
  if (fault || !parsed.is_object()) return fail({Kind::unreadable, data + " is not a JSON object"});
  auto const text = texts->render(name, language, values_of(parsed.as_object()));
  if (!text) return fail(text.error());
  std::cout << *text;
  return 0;
}

int template_check(Common const& common) {
  auto const texts = templates::Texts::load(own_texts(common));
  if (!texts) return fail(texts.error());
  std::vector<std::string> const mistakes = texts->check();
  for (std::string const& mistake : mistakes) std::cerr << "spocctl: " << mistake << "\n";
  if (!mistakes.empty()) return 65;
  std::cout << texts->names().size() << " templates are well\n";
  return 0;
}

int config_check(Common const& common) {
  daemon::Loaded const loaded = daemon::load_config(common.config);
  for (daemon::Mistake const& one : loaded.mistakes) {
    if (common.json)
      print({{"file", common.config},
             {"line", one.line},
             {"key", one.key},
             {"what", one.what},
             {"remedy", one.remedy}});
    else
      std::cerr << common.config << (one.line > 0 ? ":" + std::to_string(one.line) : "") << ": " << one.key
                << " " << one.what << "; " << one.remedy << "\n";
  }
  if (!loaded.mistakes.empty()) return 78;  // EX_CONFIG
  if (!common.json)
    std::cout << common.config << " is well: " << loaded.config.mailboxes.size() << " mailboxes, "
              << loaded.config.house.agents.size() << " agents\n";
  return 0;
}

int config_print(Common const& common) {
  auto const text = channels::read_file(common.config);
  if (!text) return fail(text.error());
  std::cout << daemon::print_config(*text, std::filesystem::absolute(common.config).parent_path());
  return 0;
}

int config_keys() {
  for (daemon::KeyRow const& row : daemon::config_keys())
    print({{"section", row.section},
           {"name", row.name},
           {"type", row.type},
           {"default", row.initial},
           {"help", row.help}});
  return 0;
}

}  // namespace spoc::ctl
