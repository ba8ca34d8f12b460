// SPDX-License-Identifier: GPL-3.0-or-later
// Builds the parts, runs the desk thread, and winds everything down.
#include "daemon/app.hpp"

#include "daemon/api.hpp"
#include "daemon/api_call.hpp"
#include "daemon/data_lock.hpp"
#include "daemon/directory.hpp"
#include "daemon/finder.hpp"
#include "daemon/herald.hpp"
#include "daemon/key.hpp"
#include "daemon/librarian.hpp"
#include "daemon/log.hpp"
#include "daemon/mailroom.hpp"
#include "daemon/postman.hpp"
#include "daemon/seeker.hpp"
#include "daemon/token_source.hpp"
#include "daemon/webhook_news.hpp"
#include "daemon/wording.hpp"
#include "store/announcements.hpp"
#include "store/damage.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <csignal>
#include <memory>
#include <system_error>
#include <thread>

namespace spoc::daemon {
namespace {

namespace asio = boost::asio;

/// A ticket with more words is read beside the desk: while it were made into an answer, everybody would wait.
constexpr std::int64_t longest_dossier = 8'000'000;

desk::Time present_moment() {
  return std::chrono::time_point_cast<desk::Duration>(std::chrono::system_clock::now());
}

/// Members are built from top to bottom and taken down from bottom to top.
class App {
 public:
  App(Config config, store::Store store, desk::Sign sign, templates::Texts texts)
      : config_{std::move(config)},
        store_{std::move(store)},
        texts_{std::move(texts)},
        line_{context_},
        board_{store_, present_moment},
        desk_{store_, config_.house, std::move(sign), surroundings()},
        switchboard_{
            desk_, chat_mailbox(),
            [this](auto const& text, auto const& language) { return offers(reader(), text, language); },
            [this](std::function<void()> work) { asio::post(context_, std::move(work)); }, config_.chat},
        scanner_{config_.inspection.clamd, line_},
        seeker_{config_.index(), line_},
        chat_files_{config_, desk_, switchboard_, scanner_},
        door_{ApiRooms{
            config_, store_, desk_, [this] { return reader(); }, [this] { wake_all(); }, &scanner_,
            longest_dossier,
            [this](auto const& session, auto const& name) { return switchboard_.show_typing(session, name); },
            [this](auto work, auto instead) { return seeker_.take(std::move(work), std::move(instead)); }}},
        api_{config_, store_, board_, switchboard_, desk_, chat_files_, door_},
        librarian_{config_, line_, board_, store_},
        directory_{config_, line_, board_, store_},
        gathering_{context_},
        ticking_{context_},
        signals_{context_, SIGTERM, SIGINT} {
    store::on_damage([this](Error const& fault) { line_.post([this, fault] { end_damaged(fault); }); });
    switchboard_.tell_of([this] { return announced(); });
    switchboard_.tell_typing([this](desk::TicketId ticket, std::string const& name) {
      door_.note_typing(ticket, name);
      nudge_feeds();
    });
    if (!config_.house.webhooks.empty())
      board_.tell_alarms(
          [this](std::string const& words, std::string const& webhook) { tell_alarm(words, webhook); });
    for (MailboxConfig const& box : config_.mailboxes)
      mailrooms_.push_back(
          std::make_unique<Mailroom>(box, config_, texts_, line_, desk_, board_, store_, Mailroom::Pace{}));
    for (int i = 0; i < config_.out.connections; ++i)
      postmen_.push_back(std::make_unique<Postman>(i, config_, texts_, line_, desk_, board_));
    for (desk::Webhook const& one : config_.house.webhooks)
      heralds_.push_back(std::make_unique<Herald>(one, line_, store_, board_));
  }

  App(App const&) = delete;
  App& operator=(App const&) = delete;
  ~App() { store::on_damage({}); }

  Result<> run() {
    channels::HttpSettings local = config_.web;
    local.socket = config_.api.socket;
    local.most = [this](auto const& request) { return door_.most_of(request); };
    local.refuse = [](auto const& request) { return ApiDoor::turned_away(request); };
    auto socket = serve(std::move(local));
    if (!socket) return socket.error();
    socket_ = std::move(*socket);
    if (config_.http) {
      config_.web.most = [this](auto const& request) { return most_of(request); };
      config_.web.refuse = [this](auto const& request) {
        auto no = ApiDoor::turned_away(request);
        return no ? std::move(no) : chat_files_.turned_away(request);
      };
      auto opened = serve(config_.web);
      if (!opened) return opened.error();
      http_ = std::move(*opened);
      Entry{Severity::info, "listening"}
          .with("address", config_.web.address)
          .with("port", http_->port())
          .write();
    }
    signals_.async_wait([this](boost::system::error_code fault, int signal) {
      if (!fault) wind_down(signal);
    });
    // At the desk like all other work: a fault of it ends in order what runs by then.
    asio::post(context_, [this] { begin_duties(); });
    start_threads();
    work_at_the_desk();
    threads_.clear();  // joined: each has ended, or the context would still be at work
    Entry{Severity::info, "ended"}.write();
    return end_;
  }

 private:
  /// What the clock brings, and what an earlier run left.
  void begin_duties() {
    gather();
    if (auto const given_up = give_up_calls_but_of(store_, config_.house); !given_up)
      Entry{Severity::error, "webhook calls not looked at"}.with("why", given_up.error().what).write();
    desk_.look_at_all();
    tick();
  }

  /// A fault of one piece of work ends the desk in order: other threads wait for their answers.
  void work_at_the_desk() {
    for (bool over = false; !over;) try {
        context_.run();
        over = true;
      } catch (std::exception const& fault) {
        end_by_fault("desk", fault.what());
      } catch (...) {
        end_by_fault("desk", "an unknown fault");
      }
  }

  Result<std::unique_ptr<channels::HttpServer>> serve(channels::HttpSettings settings) {
    return channels::HttpServer::open(
        context_, std::move(settings), [this](auto const& request) { return api_.answer(request); },
        switchboard_);
  }

  /// How many bytes the body of a request may have.
  std::size_t most_of(channels::HttpRequest const& request) {
    if (request.path == ChatFiles::path) return chat_files_.may_come(request) ? config_.chat.file_bytes : 0;
    return door_.most_of(request);
  }

  Surroundings surroundings() {
    Surroundings around;
    around.clock = present_moment;
    around.article = [this](desk::Suggestion const& one) -> std::optional<desk::Article> {
      if (reader() == nullptr) return std::nullopt;
      auto article = reader_->article(one.article, one.language);
      return article ? std::optional{std::move(*article)} : std::nullopt;
    };
    around.wording = [this](desk::Letter const& letter) { return wording_.text_of(letter); };
    around.find = [this](std::string const& words, std::string const& language) {
      return find_for_agent(reader(), words, language);
    };
    around.look_up = [this](std::string const& subject, std::string const& words,
                            std::string const& language) {
      return look_up(reader(), subject, words, language);
    };
    around.present = [this](std::string const& session) { return switchboard_.present(session); };
    around.back = [this](std::string const& session) { return switchboard_.back(session); };
    around.alarm = [this](std::string const& words) { board_.alarm(words); };
    around.bell = [this](desk::News const& news) { ring(news); };
    return around;
  }

  std::string chat_mailbox() const {
    if (!config_.chat_mailbox.empty() || config_.mailboxes.empty()) return config_.chat_mailbox;
    return config_.mailboxes.front().desk.name;
  }

  search::Reader* reader() {
    if (!reader_)
      if (auto opened = search::Reader::open(config_.index())) reader_.emplace(std::move(*opened));
    return reader_ ? &*reader_ : nullptr;
  }

  std::optional<std::vector<desk::Announcement>> announced() {
    std::vector<desk::Announcement> out;
    auto const read = store_.read(
        "outages", [&](store::Tx& tx) { out = store::announcements_in_force(tx, present_moment()); });
    return read ? std::optional{std::move(out)} : std::nullopt;
  }

  /// After every commit.
  void ring(desk::News const& news) {
    if (!news.duplicate) {
      Entry{Severity::info, "arrival"}
          .with("ticket", desk::number(news.ticket))
          .with("message", news.messages.empty() ? 0 : desk::number(news.messages.front().id))
          .with("rule", news.rule)
          .with("opened", news.opened ? "yes" : "no")
          .with("letters", static_cast<std::int64_t>(news.letters))
          .with("summary", news.summary)
          .write();
    }
    switchboard_.tell(news);
    if (news.letters > 0)
      for (auto const& postman : postmen_) postman->nudge();
    if (news.calls > 0)
      for (auto const& herald : heralds_) herald->nudge();
    if (!news.messages.empty()) librarian_.nudge();
    nudge_feeds();
    if (!news.session.empty()) gather_in_time();
    tick_soon();
  }

  /// By the second route; the log has it in any case.
  void tell_alarm(std::string const& words, std::string const& webhook) {
    std::size_t calls = 0;
    auto const kept = store_.write("alarm", [&](store::Tx& tx) {
      calls = queue_alarm(tx, words, webhook, config_.house, present_moment());
    });
    if (!kept) Entry{Severity::error, "alarm not queued"}.with("why", kept.error().what).write();
    if (kept && calls > 0)
      for (auto const& herald : heralds_) herald->nudge();
  }

  /// Another process has left work in the store.
  void wake_all() {
    for (auto const& postman : postmen_) postman->nudge();
    for (auto const& herald : heralds_) herald->nudge();
    librarian_.nudge();
    nudge_feeds();
    tick_soon();
  }

  void nudge_feeds() {
    if (http_) http_->nudge();
    if (socket_) socket_->nudge();
  }

  /// Not within the bell, as what a tick does rings it again; and once for many changes: each tick is a
  /// commit.
  void tick_soon() {
    if (ending_) return;
    auto const due = std::chrono::steady_clock::now() + std::chrono::milliseconds{50};
    if (due < ticking_.expiry()) tick_at(due);
  }

  void tick_at(std::chrono::steady_clock::time_point due) {
    ticking_.expires_at(due);
    ticking_.async_wait([this](boost::system::error_code fault) {
      if (!fault) tick();
    });
  }

  /// Comes again at the next moment of a service level; other processes may bring one nearer.
  void tick() {
    if (ending_) return;
    auto const next = desk_.tick();
    if (!next) Entry{Severity::error, "service levels not looked at"}.with("why", next.error().what).write();
    desk::Duration wait = std::chrono::seconds{30};
    // What is announced may have changed by whatever brought the tick.
    for (auto const& moment : {next ? *next : std::nullopt, switchboard_.tell_issue()})
      if (moment) wait = std::min(wait, *moment - desk_.now());
    tick_at(std::chrono::steady_clock::now() + std::max<desk::Duration>(wait, std::chrono::milliseconds{20}));
  }

  /// A line that came just now is due when the pause is over; whatever waited before is due earlier, and the
  /// timer knows it. So nobody asks the store after each line: that costs as much as there are lines waiting.
  void gather_in_time() {
    if (ending_ || gathering_now_) return;
    auto const due = std::chrono::steady_clock::now() + config_.house.chat_gathering;
    if (due < gathering_.expiry()) gather_at(due);
  }

  void gather_at(std::chrono::steady_clock::time_point due) {
    gathering_.expires_at(due);
    gathering_.async_wait([this](boost::system::error_code fault) {
      if (!fault) gather();
    });
  }

  /// Comes again when the next visitor has been silent for long enough.
  void gather() {
    if (ending_ || gathering_now_) return;
    gathering_now_ = true;
    auto const next = desk_.gather();
    gathering_now_ = false;
    if (!next) Entry{Severity::error, "chat lines not gathered"}.with("why", next.error().what).write();
    bool const soon = next && *next;
    auto const at = soon ? **next - desk_.now() : desk::Duration{std::chrono::seconds{30}};
    gather_at(std::chrono::steady_clock::now() + std::max<desk::Duration>(at, std::chrono::milliseconds{20}));
  }

  template <class Part>
  void start(Part& part, std::string const& name) {
    ++running_;
    auto const begin = [this, &part, name] {
      try {
        part.run();
      } catch (std::exception const& fault) {
        line_.post([this, name, why = std::string{fault.what()}] { end_by_fault(name, why); });
      } catch (...) {  // Xapian's are no std::exception
        line_.post([this, name] { end_by_fault(name, "an unknown fault"); });
      }
      line_.post([this] { thread_ended(); });
    };
    try {
      threads_.emplace_back(begin);
    } catch (std::system_error const& fault) {  // no more threads; those that run must be ended in order
      line_.post([this, name, why = std::string{fault.what()}] { end_by_fault(name, why); });
      line_.post([this] { thread_ended(); });
    }
  }

  void start_threads() {
    for (auto const& mailroom : mailrooms_) start(*mailroom, "mailroom");
    for (auto const& postman : postmen_) start(*postman, "postman");
    for (auto const& herald : heralds_) start(*herald, "herald");
    start(librarian_, "librarian");
    bool const asks = !config_.directory.server.url.empty() && config_.directory.every > desk::Duration{};
    if (asks) start(directory_, "directory");
    if (scanner_.asks()) start(scanner_, "scanner");
    start(seeker_, "seeker");
  }

  /// Asks every part to end; the context runs on until the last has.
  void wind_down(int signal) {
    if (ending_) return;
    ending_ = true;
    Entry{Severity::info, "ending"}.with("signal", signal).write();
    gathering_.cancel();
    ticking_.cancel();
    socket_->close();
    if (http_) http_->close();
    for (auto const& mailroom : mailrooms_) mailroom->stop();
    for (auto const& postman : postmen_) postman->stop();
    for (auto const& herald : heralds_) herald->stop();
    librarian_.stop();
    directory_.stop();
    scanner_.stop();
    seeker_.stop();
  }

  /// A desk without one of its parts would look well and not work: everything ends, with an exit code for
  /// which systemd starts it again.
  void end_by_fault(std::string const& part, std::string const& why) {
    Entry{Severity::error, "thread ended by a fault"}.with("part", part).with("why", why).write();
    if (end_) end_ = Error{Kind::broken, part + ": " + why};
    wind_down(0);
  }

  /// To go on would make it worse: everything ends, and the exit code keeps systemd from starting it again.
  void end_damaged(Error const& fault) {
    if (damaged_) return;
    damaged_ = true;
    end_ = fault;
    Entry{Severity::error, "the database is damaged"}.with("why", fault.what).write();
    wind_down(0);
  }

  void thread_ended() {
    if (--running_ > 0) return;
    if (!ending_) wind_down(0);
    signals_.cancel();
    guard_.reset();
  }

  Config config_;
  store::Store store_;
  templates::Texts texts_;
  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard_{asio::make_work_guard(context_)};
  Line line_;
  Board board_;
  FrontDesk desk_;
  Wording wording_{config_, texts_, desk_.sign()};  ///< the desk thread's
  std::optional<search::Reader> reader_;
  Switchboard switchboard_;
  Scanner scanner_;
  Seeker seeker_;
  ChatFiles chat_files_;
  ApiDoor door_;
  Api api_;
  Librarian librarian_;
  DirectoryWatch directory_;
  asio::steady_timer gathering_;
  asio::steady_timer ticking_;
  asio::signal_set signals_;
  std::vector<std::unique_ptr<Mailroom>> mailrooms_;
  std::vector<std::unique_ptr<Postman>> postmen_;
  std::vector<std::unique_ptr<Herald>> heralds_;
  std::unique_ptr<channels::HttpServer> http_, socket_;
  std::vector<std::jthread> threads_;
  Result<> end_;          ///< an error once a fault has ended the desk
  bool damaged_ = false;  ///< and it was the database's
  int running_ = 0;
  bool ending_ = false;
  bool gathering_now_ = false;
};

}  // namespace

Result<> run(Config config) {
  // A peer that hangs up must not end the process.
  std::signal(SIGPIPE, SIG_IGN);
  open_log(config.log_level, config.log_json);
  auto const lock = DataLock::take(config.data);
  if (!lock) return lock.error();
  auto store = store::Store::open(config.database());
  if (!store) return store.error();
  auto const key = read_key(config.key_file(), config.secret_file.empty());
  if (!key) return key.error();
  if (config.chat.identity.way != Identity::Way::none) {
    auto const shared = read_key(config.chat_identity_key, false);
    if (!shared) return shared.error();
    config.chat.identity.key = *shared;
  }
  provide_tokens(config);
  auto texts = templates::Texts::load(config.templates);
  if (!texts) return texts.error();
  Entry{Severity::info, "starting"}
      .with("data", config.data.string())
      .with("mailboxes", static_cast<std::int64_t>(config.mailboxes.size()))
      .write();
  auto const app =
      std::make_unique<App>(std::move(config), std::move(*store), signer(*key), std::move(*texts));
  return app->run();
}

}  // namespace spoc::daemon
