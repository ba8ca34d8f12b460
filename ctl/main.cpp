// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl: the operator's hand. The command line to one plain function.
#include "ctl/announce.hpp"
#include "ctl/drafts.hpp"
#include "ctl/feedback.hpp"
#include "ctl/verbs.hpp"
#include "desk/commands.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <functional>

namespace {

using namespace spoc::ctl;

/// What the command line fills in, and the verb that was chosen.
struct Order {
  Common common;
  std::function<int()> run;
  std::vector<std::string> files;
  std::string file, mailbox, language, name;
  bool flag = false, quiet = false, each = false, quick = false;
  KbSearch search;
  KbEvaluate evaluate;
  AnnounceAdd announce;
  TicketList tickets;
  TicketAct act;
  RulesTest rules;
  ApiAsk ask;
  TokenAdd token;
  ContactChange contact;
  PhoneCall call;
  std::int64_t number = 0;
  int days = 3;
};

CLI::App* verb(CLI::App& under, Order& order, std::string const& name, std::string const& help,
               std::function<int()> run) {
  CLI::App* const added = under.add_subcommand(name, help);
  added->add_flag("--json", order.common.json, "Print JSON, one object a line");
  added->callback([&order, run = std::move(run)] { order.run = run; });
  return added;
}

void add_mail(CLI::App& app, Order& o) {
  CLI::App& mail = *app.add_subcommand("mail", "Raw mails: what is understood of them, and taking them in")
                        ->require_subcommand(1);
  verb(mail, o, "parse", "What the parser understands of raw mails",
       [&o] { return mail_parse(o.files, o.common.json); })
      ->add_option("file", o.files, "Files, or - for standard input")
      ->required();
  CLI::App* reply = verb(mail, o, "reply", "What the person wrote now, of a decoded body",
                         [&o] { return mail_reply(o.file, o.flag); });
  reply->add_option("file", o.file, "A .txt or .html file, or -")->required();
  reply->add_flag("--html", o.flag, "The body is HTML");
  CLI::App* thread = verb(mail, o, "thread", "The threading rules over a folder of mails, in name order",
                          [&o] { return mail_thread(o.file, o.flag); });
  thread->add_option("folder", o.file)->required();
  thread->add_flag("--open", o.flag, "Everybody is a participant (mailing lists)");
  verb(mail, o, "explain", "Which ticket a mail would go to, and why",
       [&o] { return mail_explain(o.common, o.file); })
      ->add_option("file", o.file)
      ->required();
  CLI::App* import = verb(mail, o, "import", "Take in Maildir folders, mbox files or single mails",
                          [&o] { return mail_import(o.common, o.mailbox, o.files, o.quiet, o.each); });
  import->add_option("path", o.files)->required();
  import->add_option("--mailbox", o.mailbox, "Into this mailbox; the first configured one if not given");
  import->add_flag("--quiet-import", o.quiet, "Send no letters");
  import->add_flag("--each", o.each, "Print what became of each mail");
  CLI::App& html = *app.add_subcommand("html", "HTML")->require_subcommand(1);
  verb(html, o, "sanitise", "HTML in, safe HTML out", [&o] { return html_sanitise(o.file, o.common.json); })
      ->add_option("file", o.file)
      ->required();
}

void add_knowledge(CLI::App& app, Order& o) {
  CLI::App& kb = *app.add_subcommand("kb", "The knowledge base")->require_subcommand(1);
  CLI::App* search = verb(kb, o, "search", "Articles for words or for a whole mail",
                          [&o] { return kb_search(o.common, o.search); });
  search->add_option("query", o.search.query, "Words, or - for standard input")->required();
  search->add_option("--limit", o.search.limit)->capture_default_str();
  search->add_option("--kb", o.search.folder, "A folder of articles instead of the desk's index");
  search->add_option("--language", o.search.language, "Preferred language");
  search->add_flag("--internal", o.search.internal, "Internal articles too");
  verb(kb, o, "check", "Name each mistake in the folder of articles with its line", [&o] {
    return kb_check(o.common, o.file);
  })->add_option("folder", o.file, "A folder instead of the configured one");
  CLI::App* evaluate = verb(kb, o, "evaluate", "The suggestion engine over a test collection",
                            [&o] { return kb_evaluate(o.common, o.evaluate); });
  evaluate->add_option("--articles", o.evaluate.articles,
                       "JSON lines or a folder, else the desk's own articles");
  evaluate->add_option("--queries", o.evaluate.queries, "JSON lines")->required();
  evaluate->add_option("--judgements", o.evaluate.judgements, "JSON lines {\"id\",\"relevant\":[..]}");
  evaluate->add_option("--language", o.evaluate.language, "Of articles and queries that don't say theirs");
  evaluate->add_option("--synonyms", o.evaluate.synonyms, "A list of synonyms beside Spoc's own");
  evaluate->add_flag("--no-synonyms", o.evaluate.no_synonyms, "Without any synonyms");
  evaluate->add_flag("--no-spelling", o.evaluate.no_spelling, "Without correcting words that no article has");
  evaluate->add_flag("--feedback", o.evaluate.feedback, "With words of the best three articles");
  verb(kb, o, "feedback", "How articles fare, and what readers said of them", [&o] {
    return kb_feedback(o.common, o.name);
  })->add_option("article", o.name, "The id of one article");
  verb(kb, o, "drafts", "Articles that agents made of tickets, and what became of them",
       [&o] { return kb_drafts(o.common); });
}

void add_announce(CLI::App& app, Order& o) {
  CLI::App& announce = *app.add_subcommand("announce", "Known outages")->require_subcommand(1);
  CLI::App* add = verb(announce, o, "add", "Tell everybody, and answer new mails and chats that match",
                       [&o] { return announce_add(o.common, o.announce); });
  add->add_option("text", o.announce.text, "File with the text, or - for standard input")->required();
  add->add_option("--words", o.announce.words, "Words that match, parted by commas; beginning* too");
  add->add_option("--until", o.announce.until, "When it is over by itself: 2h, 18:00, \"fri 14:00\"...");
  verb(announce, o, "list", "All, the newest first", [&o] { return announce_list(o.common); });
  verb(announce, o, "end", "It is over: everybody whose ticket belongs to it is told",
       [&o] { return announce_end(o.common, o.number); })
      ->add_option("id", o.number, "As announce list shows it")
      ->required();
}

void add_texts(CLI::App& app, Order& o) {
  CLI::App& texts = *app.add_subcommand("template", "Texts of letters")->require_subcommand(1);
  CLI::App* render = verb(texts, o, "render", "A text with values from a JSON file",
                          [&o] { return template_render(o.common, o.name, o.language, o.file); });
  render->add_option("name", o.name, "answer.txt, answer.html, answer.subject, ...")->required();
  render->add_option("--language", o.language)->default_val("en");
  render->add_option("--data", o.file, "JSON file, or -")->required();
  verb(texts, o, "check", "Every text in every language", [&o] { return template_check(o.common); });
  CLI::App& config = *app.add_subcommand("config", "The configuration")->require_subcommand(1);
  verb(config, o, "check", "Name each mistake with line and remedy", [&o] { return config_check(o.common); });
  verb(config, o, "print", "The configuration with every default filled in",
       [&o] { return config_print(o.common); });
  verb(config, o, "keys", "Every key with type, default and help, as JSON", [] { return config_keys(); });
}

/// One verb a command, from the table that agents' mails are read by.
void add_acts(CLI::App& ticket, Order& o) {
  auto const act = [&](std::string const& name, std::string const& help, std::string const& word,
                       std::string const& argument, bool required) {
    CLI::App* const added = verb(ticket, o, name, help, [&o, word] {
      o.act.word = word;
      return ticket_act(o.common, o.act);
    });
    added->add_option("number", o.act.number, "The ticket")->required();
    if (!argument.empty()) added->add_option("argument", o.act.argument, argument)->required(required);
    added->add_option("--as", o.act.as, "Handle of the agent in whose name it is done")->required();
    added->add_option("--text", o.act.text, "File with the words below the command, or -")
        ->required(name == "reply");
  };
  act("reply", "answer the requester", "", "", false);
  for (spoc::desk::CommandRow const& row : spoc::desk::command_table())
    act(std::string{row.word}, std::string{row.help}, std::string{row.word}, std::string{row.argument},
        row.required);
}

void add_records(CLI::App& app, Order& o) {
  CLI::App& ticket = *app.add_subcommand("ticket", "Tickets")->require_subcommand(1);
  CLI::App* list = verb(ticket, o, "list", "Unfinished tickets, the last changed first",
                        [&o] { return ticket_list(o.common, o.tickets); });
  list->add_flag("--all", o.tickets.all, "Finished ones too");
  list->add_option("--status", o.tickets.status);
  list->add_option("--assignee", o.tickets.assignee);
  list->add_option("--team", o.tickets.team);
  list->add_option("--sort", o.tickets.sort, "changed (newest first) or due (soonest first)")
      ->capture_default_str();
  list->add_option("--limit", o.tickets.limit)->capture_default_str();
  verb(ticket, o, "show", "Everything about one ticket", [&o] { return ticket_show(o.common, o.number); })
      ->add_option("number", o.number)
      ->required();
  add_acts(ticket, o);
  CLI::App& outbox = *app.add_subcommand("outbox", "Letters")->require_subcommand(1);
  verb(outbox, o, "list", "Letters and what became of them", [&o] {
    return outbox_list(o.common, o.name);
  })->add_option("--state", o.name, "queued, unread, sent, refused, given_up or cancelled");
  CLI::App* retry = verb(outbox, o, "retry", "Queue failed and waiting letters again, now", [&o] {
    return outbox_retry(o.common, o.number > 0 ? std::optional{o.number} : std::nullopt,
                        o.flag ? -1 : o.days);
  });
  retry->add_option("id", o.number, "One letter; else those that wait and those that failed lately");
  retry->add_option("--days", o.days, "Of those that failed: within so many days")
      ->check(CLI::Range(0, 36500))
      ->capture_default_str();
  retry->add_flag("--all", o.flag, "Those that failed whenever");
}

void add_rules(CLI::App& app, Order& o) {
  CLI::App& rules = *app.add_subcommand("rules", "The rules of the configuration")->require_subcommand(1);
  CLI::App* test = verb(rules, o, "test", "Which would fire, and why the others would not; changes nothing",
                        [&o] { return rules_test(o.common, o.rules); });
  test->add_option("--ticket", o.rules.ticket, "With this ticket as it stands");
  test->add_option("--mail", o.rules.file, "With this raw mail, had it just come; - for standard input");
  test->add_option("--mailbox", o.rules.mailbox, "Into this mailbox; the first configured one if not given");
}

void add_doors(CLI::App& app, Order& o) {
  CLI::App* ask =
      verb(app, o, "api", "Ask the running spocd by its socket", [&o] { return api(o.common, o.ask); });
  ask->add_option("method", o.ask.method, "GET, POST or PATCH")->required();
  ask->add_option("path", o.ask.path, "Below /api/v1: /tickets?status=open")->required();
  ask->add_option("--data", o.ask.data, "JSON, @FILE, or - for standard input");
  ask->add_option("--as", o.ask.as, "Handle of the agent in whose name it is done");
  ask->add_option("--match", o.ask.match, "ETag of the state on which a change rests, or *");
  CLI::App& token = *app.add_subcommand("token", "Who may use the API")->require_subcommand(1);
  CLI::App* add = verb(token, o, "add", "Make a token and print it, this once",
                       [&o] { return token_add(o.common, o.token); });
  add->add_option("name", o.token.name, "As the trail shows it")->required();
  add->add_option("--scope", o.token.scope, "read, create, write or admin")->capture_default_str();
  add->add_option("--agent", o.token.agent, "Handle of the agent in whose name it works on tickets");
  verb(token, o, "list", "All tokens, without themselves", [&o] { return token_list(o.common); });
  verb(token, o, "revoke", "It holds no more, from now on", [&o] { return token_revoke(o.common, o.name); })
      ->add_option("name", o.name)
      ->required();
}

void add_webhooks(CLI::App& app, Order& o) {
  CLI::App& webhooks = *app.add_subcommand("webhooks", "Calls of webhooks")->require_subcommand(1);
  verb(webhooks, o, "list", "Calls and what became of them", [&o] {
    return webhooks_list(o.common, o.name);
  })->add_option("--state", o.name, "queued, sent or given_up");
  verb(webhooks, o, "retry", "Make calls that were given up, or wait after a failure, again now", [&o] {
    return webhooks_retry(o.common, o.number > 0 ? std::optional{o.number} : std::nullopt);
  })->add_option("id", o.number, "One call; all if not given");
  verb(webhooks, o, "test", "Queue a call that says it is a test",
       [&o] { return webhooks_test(o.common, o.name); })
      ->add_option("name", o.name, "Of the [[webhook]]")
      ->required();
}

void add_contact_change(CLI::App& contact, Order& o, std::string const& name, std::string const& help) {
  CLI::App* const added = verb(contact, o, name, help, [&o] { return contact_set(o.common, o.contact); });
  if (name == "set") added->add_option("who", o.contact.who, "Number, address, phone or name")->required();
  added->add_option("--name", o.contact.name);
  added->add_option("--organisation", o.contact.organisation);
  added->add_option("--site", o.contact.site);
  added->add_option("--language", o.contact.language, "en, nb, zh-Hans or zh-Hant");
  added->add_option("--vip", o.contact.vip, "yes or no");
  added->add_option("--notes", o.contact.notes, "For agents alone");
  added->add_option("--id", o.contact.external_id, "Their key in a list or directory");
  added->add_option("--address", o.contact.addresses, "One more mail address; may stand several times");
  added->add_option("--phone", o.contact.phones, "Instead of those that are known; may stand several times");
  added->add_option("--equipment", o.contact.equipment, "The same");
}

void add_contacts(CLI::App& app, Order& o) {
  CLI::App& contact = *app.add_subcommand("contact", "The people who write and call")->require_subcommand(1);
  CLI::App* list = verb(contact, o, "list", "Everybody, by name; or whom some words mean",
                        [&o] { return contact_list(o.common, o.name, o.tickets.limit); });
  list->add_option("words", o.name, "An address, a phone number or a name");
  list->add_option("--limit", o.tickets.limit)->capture_default_str();
  verb(contact, o, "show", "All that is known of somebody", [&o] { return contact_show(o.common, o.name); })
      ->add_option("who", o.name, "Number, address, phone or name")
      ->required();
  add_contact_change(contact, o, "add", "Somebody who has not written yet");
  add_contact_change(contact, o, "set", "Change what is known of somebody");
  CLI::App* merge = verb(contact, o, "merge", "Two contacts are one person: all of OTHER becomes WHO's",
                         [&o] { return contact_merge(o.common, o.name, o.file); });
  merge->add_option("who", o.name)->required();
  merge->add_option("other", o.file)->required();
  CLI::App& address = *contact.add_subcommand("address", "Somebody's mail addresses")->require_subcommand(1);
  for (bool const add : {true, false}) {
    CLI::App* step =
        verb(address, o, add ? "add" : "remove", add ? "One more" : "One less; the last one stays",
             [&o, add] { return contact_address(o.common, o.name, o.file, add); });
    step->add_option("who", o.name, "Number, address, phone or name")->required();
    step->add_option("address", o.file)->required();
  }
  CLI::App* import = verb(contact, o, "import", "Take in a list of people, a CSV file; all or nothing",
                          [&o] { return contact_import(o.common, o.file, o.flag); });
  import->add_option("file", o.file, "The file, or -")->required();
  import->add_flag("--dry-run", o.flag, "Say what would happen, and write nothing");
  verb(contact, o, "sync", "Take in the people of the configured directory", [&o] {
    return contact_sync(o.common, o.flag);
  })->add_flag("--dry-run", o.flag, "Say what would happen, and write nothing");
}

void add_house(CLI::App& app, Order& o) {
  CLI::App& team = *app.add_subcommand("team", "The teams")->require_subcommand(1);
  verb(team, o, "list", "All, with line, assignment and members", [&o] { return team_list(o.common); });
  CLI::App& agent = *app.add_subcommand("agent", "Who answers")->require_subcommand(1);
  verb(agent, o, "list", "All, and whether they are in", [&o] { return agent_list(o.common); });
}

void add_call(CLI::App& app, Order& o) {
  CLI::App* call = verb(app, o, "call", "A phone call becomes the caller's ticket",
                        [&o] { return phone_call(o.common, o.call); });
  call->add_option("caller", o.call.caller, "Phone number, address or name, or several of them")->required();
  call->add_option("--as", o.call.as, "Handle of the agent who took it")->required();
  call->add_option("--subject", o.call.subject, "What it was about");
  call->add_option("--words", o.call.words, "What was said");
  call->add_option("--text", o.call.text, "File with what was said, or -")->excludes("--words");
  call->add_option("--kind", o.call.kind, "incident, request, question or complaint");
  call->add_option("--priority", o.call.priority, "P1 to P4");
  call->add_option("--outcome", o.call.outcome, "open, resolved or closed")
      ->check(CLI::IsMember({"open", "resolved", "closed"}));
  call->add_flag("--new", o.call.fresh, "It is nobody who is known");
}

void add_upkeep(CLI::App& app, Order& o) {
  verb(app, o, "backup", "Copy database and key into a new folder, while spocd may be at work",
       [&o] { return backup(o.common, o.file); })
      ->add_option("folder", o.file, "Is made; must not be there yet")
      ->required();
  verb(app, o, "restore", "Put a backup in place; spocd must not be running",
       [&o] { return restore(o.common, o.file); })
      ->add_option("folder", o.file, "What spocctl backup made")
      ->required();
  verb(app, o, "check", "Does everything in database and index hold together? Exit 1 where not", [&o] {
    return check(o.common, o.quick);
  })->add_flag("--quick", o.quick, "Do not compare kept contents with their names");
  verb(app, o, "index", "Put what waits into the search index; spocd does so itself while it runs",
       [&o] { return index_waiting(o.common); });
  verb(app, o, "status", "Counts, and how each part is", [&o] { return status(o.common); });
  verb(app, o, "health", "Exit 1 when something is wrong", [&o] { return health(o.common); });
}

void add_mails(CLI::App& app, Order& o) {
  CLI::App& quarantine =
      *app.add_subcommand("quarantine", "Mails that could not be read")->require_subcommand(1);
  verb(quarantine, o, "list", "What is in quarantine", [&o] {
    return quarantine_list(o.common, o.flag);
  })->add_flag("--all", o.flag, "Resolved ones too");
  CLI::App* show = verb(quarantine, o, "show", "Where it lay and why it is here",
                        [&o] { return quarantine_show(o.common, o.number, o.flag); });
  show->add_option("id", o.number)->required();
  show->add_flag("--raw", o.flag, "The mail as it came");
  verb(quarantine, o, "retry", "Read it again", [&o] { return quarantine_retry(o.common, o.number); })
      ->add_option("id", o.number)
      ->required();
  CLI::App& message = *app.add_subcommand("message", "Single messages of tickets")->require_subcommand(1);
  verb(message, o, "raw", "The mail as it came", [&o] { return message_raw(o.common, o.number); })
      ->add_option("id", o.number, "As ticket show names it")
      ->required();
  verb(message, o, "retry", "Act again on a mail that was refused",
       [&o] { return message_retry(o.common, o.number); })
      ->add_option("id", o.number, "As ticket show names it")
      ->required();
  CLI::App& attachment = *app.add_subcommand("attachment", "Attachments")->require_subcommand(1);
  CLI::App* save = verb(attachment, o, "save", "Write an attachment to a file, one kept aside too",
                        [&o] { return attachment_save(o.common, o.number, o.name, o.file); });
  save->add_option("message", o.number, "The message, as ticket show names it")->required();
  save->add_option("name", o.name, "The attachment's name")->required();
  save->add_option("--to", o.file, "The file to write")->required();
}

int run(int argc, char** argv) {
  Order order;
  CLI::App app{"spocctl: looks after spocd"};
  app.add_option("-c,--config", order.common.config, "Configuration file")->capture_default_str();
  app.add_flag("--json", order.common.json, "Print JSON, one object a line");
  app.set_version_flag("--version", "spocctl 0.1.0");
  app.require_subcommand(1);
  app.fallthrough();
  add_mail(app, order);
  add_knowledge(app, order);
  add_announce(app, order);
  add_texts(app, order);
  add_records(app, order);
  add_mails(app, order);
  add_rules(app, order);
  add_doors(app, order);
  add_webhooks(app, order);
  add_contacts(app, order);
  add_house(app, order);
  add_call(app, order);
  add_upkeep(app, order);
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& fault) {
    int const code = app.exit(fault);
    return code == 0 ? 0 : 64;  // EX_USAGE
  }
  return order.run();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (std::exception const& fault) {
    std::fprintf(stderr, "spocctl: %s\n", fault.what());
    return 70;
  }
}
