// SPDX-License-Identifier: GPL-3.0-or-later
// Columns and cells to cards.
#include "parser/contact_list.hpp"

#include "desk/lower.hpp"
#include "desk/phone.hpp"
#include "parser/ascii.hpp"
#include "parser/csv.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace spoc::parser {
namespace {

enum class Column {
  key,
  address,
  name,
  first_name,
  last_name,
  language,
  organisation,
  phone,
  site,
  vip,
  equipment,
  notes
};

constexpr std::array<std::pair<std::string_view, Column>, 83> column_names{{
    {"id", Column::key},
    {"external id", Column::key},
    {"employee id", Column::key},
    {"employee number", Column::key},
    {"ansattnummer", Column::key},
    {"编号", Column::key},
    {"工号", Column::key},
    {"編號", Column::key},
    {"address", Column::address},
    {"addresses", Column::address},
    {"mail", Column::address},
    {"e mail", Column::address},
    {"email", Column::address},
    {"emails", Column::address},
    {"mail address", Column::address},
    {"email address", Column::address},
    {"e mail address", Column::address},
    {"epost", Column::address},
    {"e post", Column::address},
    {"epostadresse", Column::address},
    {"e postadresse", Column::address},
    {"邮箱", Column::address},
    {"电子邮件", Column::address},
    {"郵箱", Column::address},
    {"電子郵件", Column::address},
    {"name", Column::name},
    {"full name", Column::name},
    {"display name", Column::name},
    {"navn", Column::name},
    {"姓名", Column::name},
    {"first name", Column::first_name},
    {"given name", Column::first_name},
    {"fornavn", Column::first_name},
    {"名", Column::first_name},
    {"last name", Column::last_name},
    {"surname", Column::last_name},
    {"family name", Column::last_name},
    {"etternavn", Column::last_name},
    {"姓", Column::last_name},
    {"language", Column::language},
    {"språk", Column::language},
    {"语言", Column::language},
    {"語言", Column::language},
    {"organisation", Column::organisation},
    {"organization", Column::organisation},
    {"company", Column::organisation},
    {"company name", Column::organisation},
    {"organisasjon", Column::organisation},
    {"firma", Column::organisation},
    {"组织", Column::organisation},
    {"公司", Column::organisation},
    {"組織", Column::organisation},
    {"phone", Column::phone},
    {"phones", Column::phone},
    {"phone number", Column::phone},
    {"telephone", Column::phone},
    {"telephone number", Column::phone},
    {"business phone", Column::phone},
    {"work phone", Column::phone},
    {"home phone", Column::phone},
    {"mobile", Column::phone},
    {"mobile phone", Column::phone},
    {"telefon", Column::phone},
    {"mobil", Column::phone},
    {"电话", Column::phone},
    {"手机", Column::phone},
    {"電話", Column::phone},
    {"手機", Column::phone},
    {"site", Column::site},
    {"location", Column::site},
    {"office", Column::site},
    {"office location", Column::site},
    {"sted", Column::site},
    {"kontor", Column::site},
    {"地点", Column::site},
    {"地點", Column::site},
    {"vip", Column::vip},
    {"equipment", Column::equipment},
    {"utstyr", Column::equipment},
    {"设备", Column::equipment},
    {"設備", Column::equipment},
    {"notes", Column::notes},
    {"note", Column::notes},
}};
static_assert(!column_names.back().first.empty());

/// "E-mail 2 Address", "email_2", "Phone (2)": numbers and signs tell nothing.
std::string plain_name(std::string_view name) {
  std::string out;
  for (char const c : desk::lower(name)) {
    bool const word = is_letter(c) || is_high(c);
    if (word)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::optional<Column> column_called(std::string_view name) {
  std::string const wanted = plain_name(name);
  for (auto const& [known, column] : column_names)
    if (wanted == known) return column;
  return std::nullopt;
}

/// The marks that part things in this cell, as ASCII has them.
std::string with_narrow_marks(std::string_view cell, std::string_view parting) {
  constexpr std::array<std::pair<std::string_view, char>, 4> marks{
      {{"，", ','}, {"；", ';'}, {"、", ';'}, {"　", ' '}}};
  std::string out;
  for (std::size_t at = 0; at < cell.size(); ++at) {
    auto const mark = std::find_if(marks.begin(), marks.end(), [&](auto const& one) {
      return parting.find(one.second) != std::string_view::npos && cell.substr(at).starts_with(one.first);
    });
    if (mark == marks.end()) {
      out += cell[at];
      continue;
    }
    out += mark->second;
    at += mark->first.size() - 1;
  }
  return out;
}

/// Chinese writes the name of the family first, and no blank.
bool begins_wide(std::string_view name) {
  return !name.empty() && static_cast<unsigned char>(name[0]) >= 0xE2;
}

/// A cell may hold several things, parted by semicolons or line ends, addresses by commas and blanks too.
std::vector<std::string> parts_of(std::string_view said, std::string_view parting) {
  std::string const narrow = with_narrow_marks(said, parting);
  std::string_view const cell{narrow};
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= cell.size();) {
    std::size_t const end = std::min(cell.find_first_of(parting, at), cell.size());
    if (auto const part = trimmed(cell.substr(at, end - at)); !part.empty()) out.emplace_back(part);
    at = end + 1;
  }
  return out;
}

std::optional<bool> answer_in(std::string_view cell) {
  static constexpr std::array<std::string_view, 8> yes{"yes", "y", "true", "1", "x", "ja", "vip", "是"};
  static constexpr std::array<std::string_view, 7> no{"no", "n", "false", "0", "nei", "否", ""};
  std::string const word = desk::lower(cell);
  if (std::find(yes.begin(), yes.end(), word) != yes.end()) return true;
  if (std::find(no.begin(), no.end(), word) != no.end()) return false;
  return std::nullopt;
}

/// One row on its way to a card.
class RowReading {
 public:
  explicit RowReading(CsvRow const& row, ContactList& list) : row_{row}, list_{list} {
    card_.where = "line " + std::to_string(row.line);
  }

  void take(Column column, std::string const& cell) {
    if (cell.empty()) return;
    std::string const said = cell == "-" ? "" : cell;
    switch (column) {
      case Column::key:
        card_.external_id = said;
        return;
      case Column::address:
        return take_addresses(said);
      case Column::name:
        card_.name = said;
        return;
      case Column::first_name:
        first_name_ = said;
        return;
      case Column::last_name:
        last_name_ = said;
        return;
      case Column::language:
        return take_language(said);
      case Column::organisation:
        card_.organisation = said;
        return;
      case Column::phone:
        return take_phones(said);
      case Column::site:
        card_.site = said;
        return;
      case Column::vip:
        return take_vip(said);
      case Column::equipment:
        card_.equipment = parts_of(said, ";\n");
        return;
      case Column::notes:
        card_.notes = card_.notes.value_or("").empty() ? said : *card_.notes + "\n" + said;
        return;
    }
  }

  void end() {
    bool const wide = begins_wide(first_name_) && begins_wide(last_name_);
    std::string const both =
        wide ? last_name_ + first_name_
             : first_name_ + (first_name_.empty() || last_name_.empty() ? "" : " ") + last_name_;
    if (!card_.name && !both.empty()) card_.name = both;
    if (card_.addresses.empty() && card_.external_id.empty() && !refused_)
      refuse("neither an address nor a key stands in it, so nobody knows whom it means");
    if (!refused_) list_.cards.push_back(std::move(card_));
  }

  /// The first reason is enough.
  void refuse(std::string const& why) {
    if (refused_) return;
    list_.faults.push_back({row_.line, why, true});
    refused_ = true;
  }

 private:
  void leave(std::string const& why) { list_.faults.push_back({row_.line, why, false}); }

  void take_addresses(std::string const& cell) {
    for (std::string const& one : parts_of(cell, ";, \n\t")) {
      std::string const address = desk::normal(one);
      if (!desk::is_address(address)) return refuse("\"" + one + "\" is no mail address");
      if (std::find(card_.addresses.begin(), card_.addresses.end(), address) == card_.addresses.end())
        card_.addresses.push_back(address);
    }
  }

  void take_phones(std::string const& cell) {
    for (std::string& one : parts_of(cell, ";\n")) {
      if (desk::phone_digits(one).size() < 3)
        leave("\"" + one + "\" is no phone number: left out");
      else
        card_.phones.push_back(std::move(one));
    }
  }

  void take_language(std::string const& cell) {
    auto const language = cell.empty() ? std::optional<std::string>{""} : desk::language_called(cell);
    if (language)
      card_.language = *language;
    else
      leave("language \"" + cell + "\" is left out: the desk speaks en, nb, zh-Hans and zh-Hant");
  }

  void take_vip(std::string const& cell) {
    card_.vip = answer_in(cell);
    if (!card_.vip) refuse("\"" + cell + "\" in the column for VIPs is neither yes nor no");
  }

  CsvRow const& row_;
  ContactList& list_;
  desk::Card card_;
  std::string first_name_, last_name_;
  bool refused_ = false;
};

/// What each column is; nothing for those that are no contact's.
std::vector<std::optional<Column>> columns_of(CsvRow const& header, ContactList& list) {
  std::vector<std::optional<Column>> out;
  for (std::string const& name : header.cells) {
    out.push_back(column_called(name));
    if (!out.back()) list.unknown.push_back(name);
  }
  return out;
}

}  // namespace

Result<ContactList> read_contacts(std::string_view bytes) {
  auto const table = read_csv(bytes);
  if (!table) return table.error();
  ContactList list;
  auto const columns = columns_of(table->header, list);
  bool const tells = std::any_of(columns.begin(), columns.end(), [](std::optional<Column> one) {
    return one == Column::address || one == Column::key;
  });
  if (!tells)
    return Error{Kind::unreadable,
                 "line " + std::to_string(table->header.line) +
                     ": no column holds addresses; name one \"email\" (others: name, phone, "
                     "organisation, site, language, vip, equipment, notes, id)"};
  for (CsvRow const& row : table->rows) {
    RowReading reading{row, list};
    if (row.cells.size() > columns.size())
      reading.refuse("it has " + std::to_string(row.cells.size()) + " cells, the header " +
                     std::to_string(columns.size()) + "; put quotes round cells that hold the separator");
    else
      for (std::size_t i = 0; i < row.cells.size(); ++i)
        if (columns[i]) reading.take(*columns[i], row.cells[i]);
    reading.end();
  }
  return list;
}

}  // namespace spoc::parser
