package io.partita.console.security;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.api.Callers;
import io.partita.console.api.Person;
import io.partita.console.api.Person.Me;
import io.partita.console.api.Problem;
import io.partita.console.security.ProfileApi.Enrolment;
import io.partita.console.security.ProfileApi.RecoveryCodes;
import io.partita.console.security.ProfileApi.Session;
import io.partita.console.ui.Absent;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.CopyableCode;
import io.partita.console.ui.Facts;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Notices;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.RefusalBox;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import io.partita.console.ui.TwoLines;
import io.partita.security.PasswordRules;
import io.partita.security.Permission;
import java.util.List;
import java.util.stream.Collectors;

/** Oneself: what one may do, password, second factor, and where one is signed in. Whoever has something to do first sees only that. */
@Route("profile")
@PageTitle("Profile \u00B7 Partita")
public class ProfileView extends Div implements BeforeEnterObserver, Refreshable {

    private final People people;
    private final ProfileApi api;
    private final Div content = new Div();

    ProfileView(People people, ProfileApi api) {
        this.people = people;
        this.api = api;
        addClassNames("page", "profile");
        content.addClassName("stack");
        add(new PageHead("Profile", "What you may do, how you prove that it is you, and where you are signed in."), content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        refresh();
    }

    @Override
    public void refresh() {
        Callers.person().ifPresent(person -> {
            content.removeAll();
            switch (people.ask(person)) {
                case Answer.Done<Me>(Me me) -> show(person, me);
                case Answer.Refused<Me>(Problem problem) -> content.add(Absent.refused(problem));
                case Answer.Unreachable<Me>(String why) -> content.add(Absent.unreachable(why));
            }
        });
    }

    private void show(Person person, Me me) {
        if (me.mustChangePassword()) {
            content.add(new Panel("Choose a password", new Paragraph("The one that you have signed in with was made by somebody else, and is good for nothing but this."), password(person)));
        } else if (me.mustEnrolSecondFactor()) {
            content.add(new Panel("Second factor", new Paragraph("Everybody here has a second factor. Without one you can do nothing else."), enrolment()));
        } else {
            Div halves = new Div(new Panel("Password", password(person)), secondFactor(me));
            halves.addClassName("halves");
            content.add(about(person), halves, sessions());
        }
    }

    private static Panel about(Person person) {
        Facts facts = new Facts().with("Name", person.name())
                .with("Roles", person.principal().roles().stream().map(Enum::name).sorted().map(Words::of).collect(Collectors.joining(", ")))
                .with("Accounts", person.principal().accounts().map(own -> own.stream().sorted().map(Object::toString).collect(Collectors.joining(", "))).orElse("All"))
                .with("May", person.principal().granted().stream().map(Permission::scope).sorted().collect(Collectors.joining(", ")));
        return new Panel("You", facts);
    }

    // ---- password ----------------------------------------------------------------------------------------------------------

    private Component password(Person person) {
        PasswordField current = field("Password now", Autocomplete.CURRENT_PASSWORD);
        PasswordField next = field("New password", Autocomplete.NEW_PASSWORD);
        next.setHelperText(PasswordRules.SHORTEST + " characters or more. Several words are easier to remember than signs.");
        PasswordField again = field("Once more", Autocomplete.NEW_PASSWORD);
        RefusalBox refusal = new RefusalBox();
        Button go = new Button("Change the password", _ -> {
            refusal.hide();
            if (Fields.check(current, current.isEmpty() ? "The password now." : "")
                    & Fields.check(next, PasswordRules.problem(person.name(), next.getValue()).orElse(next.getValue().equals(current.getValue()) ? "Another one." : ""))
                    & Fields.check(again, again.getValue().equals(next.getValue()) ? "" : "Not the same.")) {
                switch (api.changePassword(current.getValue(), next.getValue())) {
                    case Answer.Done<String> _ -> changed(person);
                    case Answer.Refused<String>(Problem problem) -> refusal.show(problem);
                    case Answer.Unreachable<String> _ -> refusal.showNoAnswer("Signing in shows which password counts.");
                }
            }
        });
        go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Div form = new Div(current, next, again, refusal, actions(go));
        form.addClassName("form");
        return form;
    }

    private static PasswordField field(String label, Autocomplete autocomplete) {
        PasswordField field = new PasswordField(label);
        field.setAutocomplete(autocomplete);
        field.setMaxLength(PasswordRules.LONGEST);
        return field;
    }

    private static Div actions(Button... buttons) {
        Div row = new Div(buttons);
        row.addClassName("form-actions");
        return row;
    }

    private void changed(Person person) {
        boolean first = person.mustChangePassword();
        people.ask(person);
        if (first && !person.mustEnrolSecondFactor()) {
            // All anew: the way from page to page was made for somebody who might do nothing yet.
            UI.getCurrent().getPage().setLocation("/");
        } else {
            Notices.done("The password is changed. You are signed in nowhere else any more.");
            refresh();
        }
    }

    // ---- second factor -----------------------------------------------------------------------------------------------------

    private Panel secondFactor(Me me) {
        if (!me.secondFactor()) {
            return new Panel("Second factor", new Paragraph("A code that an app on your phone makes anew every half minute. Whoever learns your password still does not get in."), enrolment());
        }
        Button remove = new Button("Take it away", _ -> withdraw());
        Facts facts = new Facts().with("Recovery codes left", Integer.toString(me.recoveryCodesLeft()));
        Panel panel = new Panel("Second factor", facts, actions(remove));
        return panel.withAction(new Pill("In use", Pill.Tone.GOOD));
    }

    private Component enrolment() {
        Div steps = new Div();
        steps.addClassName("form");
        Button begin = new Button("Set it up", event -> {
            switch (api.enrol()) {
                case Answer.Done<Enrolment>(Enrolment enrolment) -> {
                    event.getSource().setVisible(false);
                    steps.add(confirmation(enrolment, steps));
                }
                case Answer<Enrolment> other -> Outcomes.tell(other, "", _ -> { });
            }
        });
        steps.add(actions(begin));
        return steps;
    }

    private Component confirmation(Enrolment enrolment, Div steps) {
        TextField code = new TextField("Code of the app");
        code.getElement().setAttribute("autocomplete", "one-time-code");
        code.setMaxLength(12);
        RefusalBox refusal = new RefusalBox();
        Button confirm = new Button("Confirm", _ -> {
            refusal.hide();
            if (Fields.check(code, code.getValue().isBlank() ? "Six digits." : "")) {
                switch (api.confirm(code.getValue().strip())) {
                    case Answer.Done<RecoveryCodes>(RecoveryCodes codes) -> {
                        steps.removeAll();
                        steps.add(recoveryCodes(codes.recoveryCodes()));
                    }
                    case Answer.Refused<RecoveryCodes>(Problem problem) -> refusal.show(problem);
                    case Answer.Unreachable<RecoveryCodes> _ -> refusal.showNoAnswer("Begin again if the code is not asked for at the next sign-in.");
                }
            }
        });
        confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Div form = new Div(new Paragraph("Scan this with an app for one-time codes, or type the key into it. Then enter the code that it shows."), QrCode.of(enrolment.uri()),
                new Facts().withCode("Key", enrolment.secret()), code, refusal, actions(confirm));
        form.addClassName("form");
        return form;
    }

    private Component recoveryCodes(List<String> codes) {
        Div list = new Div();
        list.addClassName("recovery-codes");
        codes.forEach(code -> list.add(new Span(code)));
        Button done = new Button("I have kept them", _ -> Callers.person().ifPresent(person -> {
            people.ask(person);
            UI.getCurrent().getPage().setLocation("/profile");
        }));
        done.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Div all = new Div(new Paragraph("These codes let you in when the app is lost, each of them once. Keep them where the app is not. They are shown this once."), list,
                new CopyableCode(String.join(" ", codes), "Copy all codes"), actions(done));
        all.addClassName("form");
        return all;
    }

    private void withdraw() {
        Dialog dialog = new Dialog("Take the second factor away?");
        PasswordField password = field("Your password", Autocomplete.CURRENT_PASSWORD);
        Div form = new Div(new Paragraph("From then on your password alone lets you in. The recovery codes are void."), password);
        form.addClassName("form");
        dialog.add(form);
        Button go = new Button("Take it away", _ -> {
            if (Fields.check(password, password.isEmpty() ? "Your password." : "")) {
                dialog.close();
                Outcomes.tell(api.withdraw(password.getValue()), "The second factor is gone.", _ -> refresh());
            }
        });
        go.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_ERROR);
        dialog.getFooter().add(new Button("Keep it", _ -> dialog.close()), go);
        dialog.open();
    }

    // ---- sessions ----------------------------------------------------------------------------------------------------------

    private Panel sessions() {
        Table table = new Table("Signed in (UTC)", "From", "Seen (UTC)", "Ends (UTC)", "").withEmptyText("Nowhere.");
        table.show(api.sessions().found().orElse(List.of()).stream().map(this::row).toList());
        return new Panel("Where you are signed in", table).flush();
    }

    private Component[] row(Session session) {
        Component action = new Pill("This one", Pill.Tone.GOOD);
        if (!session.current()) {
            Button end = new Button("End", _ -> Confirmation.ask("End that session?", "Whoever uses it has to sign in again.", "End it", true,
                    () -> Outcomes.tell(api.end(session.id()), "It is ended.", _ -> refresh())));
            end.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
            action = end;
        }
        return new Component[] {new Span(Times.dateTime(session.createdAt())), new TwoLines(session.address() == null ? "\u2013" : session.address(), session.agent() == null ? "" : session.agent()),
            new Span(Times.dateTime(session.refreshedAt())), new Span(Times.dateTime(session.expiresAt())), action};
    }
}
