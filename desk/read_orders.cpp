// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the answer to a numbered list: "3 close, 5 mine, 7 /use 1". Strict, like the command block.
#include "desk/blanks.hpp"
#include "desk/characters.hpp"
#include "desk/digest.hpp"
#include "desk/phrase.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

/// "3" or "#3".
bool begins_with_number(std::string_view text) {
  if (text.starts_with('#')) text.remove_prefix(1);
  return !text.empty() && is_digit(text.front());
}

/// The sign between two numbers of a range; phones write a dash.
std::size_t dash_at(std::string_view text) {
  for (std::string_view const dash : {"-", "\xE2\x80\x93", "\xE2\x80\x94"})
    if (text.starts_with(dash)) return dash.size();
  return 0;
}

/// The signs that may part two orders on a line.
std::size_t separator_at(std::string_view text) {
  for (std::string_view const sign : {",", ";", "\xEF\xBC\x8C", "\xEF\xBC\x9B", "\xE3\x80\x81"})
    if (text.starts_with(sign)) return sign.size();
  return 0;
}

/// Before the next separator that a number follows: "7 escalate no paper, no toner" is one order.
std::string_view order_before_next(std::string_view line) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    std::size_t const width = separator_at(line.substr(at));
    if (width > 0 && begins_with_number(trim(line.substr(at + width)))) return line.substr(0, at);
  }
  return line;
}

/// The command is about the desk or the agent, not about a ticket.
bool is_about_no_ticket(Verb verb) {
  return verb == Verb::help || verb == Verb::find || verb == Verb::in || verb == Verb::out ||
         verb == Verb::away;
}

class Reading {
 public:
  explicit Reading(std::size_t count) : count_{count} {}

  void line(std::string_view text) {
    while (!text.empty()) {
      std::string_view const piece = order_before_next(text);
      read(trim(piece));
      text.remove_prefix(piece.size());
      text.remove_prefix(separator_at(text));
      text = trim(text);
    }
  }

  DigestOrders end(std::string words) {
    if (!waiting_.empty()) fault(phrase("number {1} stands there without a command", {waiting_.front()}));
    if (out_.orders.empty() && out_.faults.empty())
      fault(phrase("say what is to be done with which number, like \"3 close, 5 mine, 7 /use 1\""));
    out_.words = std::move(words);
    return std::move(out_);
  }

 private:
  void fault(std::string words) { out_.faults.push_back(std::move(words)); }

  static std::string number_in(std::string_view& text) {
    if (text.starts_with('#')) text.remove_prefix(1);
    std::string out;
    while (!text.empty() && is_digit(text.front())) {
      out += text.front();
      text.remove_prefix(1);
    }
    return out;
  }

  void add_range(std::string const& from, std::string const& to) {
    constexpr std::size_t longest = 6;
    auto const value = [&](std::string const& digits) {
      return digits.empty() || digits.size() > longest ? std::size_t{0} : std::stoul(digits);
    };
    std::size_t const first = value(from), last = value(to);
    for (auto const& [digits, number] : {std::pair{from, first}, std::pair{to, last}})
      if (number < 1 || number > count_)
        return fault(
            phrase("there is no number {1} in that list: it has {2}", {digits, std::to_string(count_)}));
    if (first > last) return fault(phrase("{1}-{2} is no range of numbers", {from, to}));
    for (std::size_t number = first; number <= last; ++number) numbers_.push_back(number);
  }

  /// "2", "2-4", "2. 4)", and what stands behind them.
  std::string_view take_numbers(std::string_view text) {
    while (begins_with_number(text)) {
      std::string const from = number_in(text);
      waiting_.push_back(from);
      std::size_t const width = dash_at(text);
      bool const range = width > 0 && begins_with_number(text.substr(width));
      if (range) text.remove_prefix(width);
      add_range(from, range ? number_in(text) : from);
      for (std::string_view const sign : {".", ")", ":", "\xEF\xBC\x9A"})
        if (text.starts_with(sign)) text.remove_prefix(sign.size());
      text = trim(text);
    }
    return text;
  }

  void read(std::string_view piece) {
    std::string_view const command = take_numbers(piece);
    if (command.empty()) return;  // "2, 4 close": they wait for the command
    CommandBlock block;
    auto const verb = verb_named(first_word(command));
    if (verb == Verb::note) {
      block.commands.push_back({Verb::note, ""});
      block.words = std::string{trim(command.substr(first_word(command).size()))};
    } else if (verb && is_about_no_ticket(*verb)) {
      fault(phrase("\"{1}\" is not about a ticket: write it on top of an answer to any notice",
                   {std::string{first_word(command)}}));
    } else {
      read_command(command, block);
    }
    for (std::string& one : block.faults) fault(std::move(one));
    for (std::size_t const number : numbers_) add(number, block);
    numbers_.clear();
    waiting_.clear();
  }

  void add(std::size_t number, CommandBlock const& block) {
    auto& orders = out_.orders;
    auto found = std::find_if(orders.begin(), orders.end(),
                              [&](DigestOrder const& one) { return one.number == number; });
    if (found == orders.end()) found = orders.insert(orders.end(), DigestOrder{number, {}});
    CommandBlock& all = found->block;
    all.commands.insert(all.commands.end(), block.commands.begin(), block.commands.end());
    if (!block.words.empty()) all.words += (all.words.empty() ? "" : "\n") + block.words;
  }

  std::size_t count_;
  std::vector<std::size_t> numbers_;  ///< that wait for their command
  std::vector<std::string> waiting_;  ///< the same as they were written
  DigestOrders out_;
};

}  // namespace

DigestOrders read_orders(std::string_view reply, std::size_t count) {
  Reading reading{count};
  std::size_t at = 0;
  while (at < reply.size()) {
    std::size_t const end = std::min(reply.find('\n', at), reply.size());
    std::string_view const line = trim(reply.substr(at, end - at));
    if (!line.empty() && !begins_with_number(line)) break;
    reading.line(line);
    at = std::min(end + 1, reply.size());
  }
  std::string_view words = trim(reply.substr(std::min(at, reply.size())));
  while (!words.empty() && words.back() == '\n') words.remove_suffix(1);
  return reading.end(std::string{words});
}

}  // namespace spoc::desk
