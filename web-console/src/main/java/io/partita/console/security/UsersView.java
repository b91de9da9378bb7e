package io.partita.console.security;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.api.Callers;
import io.partita.console.api.KeptFilters;
import io.partita.console.security.UserApi.User;
import io.partita.console.security.UserApi.Wanted;
import io.partita.console.security.UserApi.WithPassword;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.Filters;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.RefusalBox;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.Sheet;
import io.partita.console.ui.Secrets;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import io.partita.console.ui.TwoLines;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Users: who there is, what each is, and all that may be done about them. */
@Route("users")
@PageTitle("Users \u00B7 Partita")
public class UsersView extends Div implements BeforeEnterObserver, Refreshable {

    /** A table is no place for more: whoever looks for somebody types a part of the name. */
    private static final int MOST = 200;

    private static final Sheet<User> SHEET = Sheet.<User>of("users").with("User", User::name).with("Full name", User::fullName).with("E-mail", User::email)
            .with("Roles", UsersView::roles).with("Accounts", UsersView::accounts).with("Enabled", User::enabled).with("Second factor", User::secondFactor)
            .with("Signed in", User::signedInAt);

    private final UserApi api;
    private final TextField search = new TextField();
    private final Table table = new Table("User", "Roles", "Accounts", "State", "Second factor", "Signed in (UTC)", "").withEmptyText("Nobody by that name.").withFile(SHEET, this::found);
    private final Filters filters;
    private final Panel list;
    private final UserForm form = new UserForm("Make the user", true, this::send);
    private final RefusalBox refusal = new RefusalBox();
    private List<User> users = List.of();

    UsersView(UserApi api, KeptFilters kept) {
        this.api = api;
        addClassNames("page", "users");
        search.setAriaLabel("Search users");
        search.addClassName("search");
        filters = new Filters("users", kept, this::draw).with("search", search, "Search users");
        list = new Panel("All users", filters, table).flush();
        add(new PageHead("Users", "People who sign in. What somebody did stays under their name, so nobody is ever deleted."), refusal, list, new Panel("One user", form));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        filters.enter(event);
        refresh();
    }

    @Override
    public void refresh() {
        refusal.hide();
        switch (api.users()) {
            case Answer.Done<List<User>>(List<User> found) -> {
                users = found;
                draw();
            }
            case Answer.Refused<List<User>>(var problem) -> refusal.show(problem);
            case Answer.Unreachable<List<User>> _ -> { } // What is shown stays; the banner says why.
        }
    }

    private List<User> found() {
        String wanted = search.getValue().strip().toLowerCase(Locale.ROOT);
        return users.stream().filter(user -> wanted.isEmpty() || (user.name() + " " + user.fullName() + " " + user.email()).toLowerCase(Locale.ROOT).contains(wanted)).toList();
    }

    private void draw() {
        List<User> found = found();
        table.show(found.stream().limit(MOST).map(this::row).toList());
        list.withAside(found.size() > MOST ? "The first " + MOST + " of " + Amounts.count(found.size()) : Amounts.count(found.size()));
    }

    private Component[] row(User user) {
        Button change = small("Change", () -> form.show(user));
        Button more = small("More", () -> more(user));
        Div actions = new Div(change, more);
        actions.addClassName("row-actions");
        return new Component[] {new TwoLines(user.name(), user.fullName() == null ? "" : user.fullName()), new Span(roles(user)), new Span(accounts(user)), state(user),
            new Span(user.secondFactor() ? "Yes" : "No"), new Span(user.signedInAt() == null ? "Never" : Times.brief(user.signedInAt(), Instant.now())), actions};
    }

    static String roles(User user) {
        return user.roles().isEmpty() ? "None" : user.roles().stream().map(Words::of).collect(Collectors.joining(", "));
    }

    static String accounts(User user) {
        return user.accounts() == null ? "All" : user.accounts().size() > 3 ? Amounts.count(user.accounts().size()) + " accounts" : String.join(", ", user.accounts());
    }

    private static Pill state(User user) {
        return !user.enabled() ? new Pill("Disabled", Pill.Tone.BAD) : user.mustChangePassword() ? new Pill("One-time password", Pill.Tone.WAITING) : new Pill("Enabled", Pill.Tone.GOOD);
    }

    private static Button small(String text, Runnable action) {
        Button button = new Button(text, _ -> action.run());
        button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        return button;
    }

    private void send(User user, Wanted wanted) {
        if (user == null) {
            Outcomes.tell(api.create(wanted), made -> made.user().name() + " is made.", made -> {
                form.show(null);
                refresh();
                password(made);
            });
        } else {
            Outcomes.tell(api.change(user.name(), wanted), user.name() + " is changed. It holds everywhere within seconds.", _ -> {
                form.show(null);
                refresh();
            });
        }
    }

    private static void password(WithPassword made) {
        Secrets.show("One-time password of " + made.user().name(), "Give it to nobody else. At the first sign-in another one is chosen.", made.oneTimePassword());
    }

    // ---- what else may be done ---------------------------------------------------------------------------------------------

    private void more(User listed) {
        User user = api.user(listed.name()).found().orElse(listed);
        boolean locked = user.lockedUntil() != null && user.lockedUntil().isAfter(Instant.now());
        boolean self = Callers.person().map(person -> person.name().equals(user.name())).orElse(false);
        Dialog dialog = new Dialog(user.name());
        Table sessions = new Table("Signed in (UTC)", "From", "Ends (UTC)", "").withEmptyText("Signed in nowhere.");
        sessions.show(api.sessions(user.name()).found().orElse(List.of()).stream().map(session -> new Component[] {new Span(Times.dateTime(session.createdAt())),
            new TwoLines(session.address() == null ? "\u2013" : session.address(), session.agent() == null ? "" : session.agent()), new Span(Times.dateTime(session.expiresAt())),
            small("End", () -> act(dialog, api.end(user.name(), session.id()), "The session is ended."))}).toList());
        Span lock = new Span(locked ? "Too many sign-ins failed: none is looked at before " + Times.dateTime(user.lockedUntil()) + " UTC." : "");
        lock.addClassName("hint");
        Button unlock = small("Unlock", () -> act(dialog, api.unlock(user.name()), user.name() + " may try again."));
        unlock.setVisible(locked);
        Button reset = small("New one-time password", () -> reset(dialog, user, false));
        Button both = small("New password, and no second factor", () -> reset(dialog, user, true));
        both.setVisible(user.secondFactor());
        Button enabled = small(user.enabled() ? "Disable" : "Enable", () -> enable(dialog, user));
        // One's own way in is changed on the profile, or by somebody else.
        List.of(reset, both, enabled).forEach(button -> button.setVisible(button.isVisible() && !self));
        Div actions = new Div(unlock, reset, both, enabled);
        actions.addClassName("form-actions");
        Div content = new Div(lock, actions, sessions);
        content.addClassName("stack");
        dialog.add(content);
        dialog.getFooter().add(new Button("Close", _ -> dialog.close()));
        dialog.open();
    }

    private void act(Dialog dialog, Answer<String> answer, String done) {
        dialog.close();
        Outcomes.tell(answer, done, _ -> refresh());
    }

    private void reset(Dialog dialog, User user, boolean secondFactor) {
        Confirmation.ask("Give " + user.name() + " a new one-time password?", "All sessions end" + (secondFactor ? ", and the second factor is taken away." : "."), "Make it", true, () -> {
            dialog.close();
            Outcomes.tell(api.reset(user.name(), secondFactor), "It is made.", made -> {
                refresh();
                password(made);
            });
        });
    }

    private void enable(Dialog dialog, User user) {
        Wanted wanted = new Wanted(null, null, null, null, null, null, !user.enabled());
        if (user.enabled()) {
            Confirmation.ask("Disable " + user.name() + "?", "All sessions end and all keys are refused.", "Disable", true, () -> change(dialog, user, wanted));
        } else {
            change(dialog, user, wanted);
        }
    }

    private void change(Dialog dialog, User user, Wanted wanted) {
        dialog.close();
        Outcomes.tell(api.change(user.name(), wanted), user.name() + (user.enabled() ? " is disabled." : " is enabled."), _ -> refresh());
    }
}
