package io.partita.console.security;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import io.partita.console.security.UserApi.User;
import io.partita.console.security.UserApi.Wanted;
import io.partita.console.ui.Fields;
import io.partita.security.Role;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** Somebody who is to be made or changed: roles, and the accounts that are theirs. */
final class UserForm extends Div {

    private static final int MOST_ACCOUNTS = 1_000;
    private static final int LONGEST = 200;

    private final TextField name = new TextField("Name");
    private final TextField fullName = new TextField("Full name");
    private final TextField email = new TextField("E-mail");
    private final MultiSelectComboBox<Role> roles = new MultiSelectComboBox<>("Roles");
    private final TextField accounts = new TextField("Own accounts");
    private final Button keep = new Button();
    private final Button other = new Button("Make a new one instead");
    private final String make;
    private User shown;

    /** @param people whether there are full names and addresses @param send called with whom it is about, null for a new one, and with what is wanted */
    UserForm(String make, boolean people, BiConsumer<User, Wanted> send) {
        this.make = make;
        addClassNames("form", "user-form");
        name.setHelperText("2 to 40 small letters, digits, dots, - and _");
        name.setMaxLength(40);
        fullName.setMaxLength(LONGEST);
        email.setMaxLength(LONGEST);
        fullName.setVisible(people);
        email.setVisible(people);
        roles.setItems(Role.values());
        roles.setItemLabelGenerator(role -> Words.of(role.name()));
        accounts.setHelperText("Numbers with commas between: sees and uses no others. Empty: all.");
        accounts.setAllowedCharPattern("[0-9, ]");
        keep.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        keep.addClickListener(_ -> wanted(send));
        other.addClickListener(_ -> show(null));
        Div actions = new Div(keep, other);
        actions.addClassName("form-actions");
        add(name, fullName, email, roles, accounts, actions);
        show(null);
    }

    /** @param user null for a new one */
    void show(User user) {
        shown = user;
        name.setValue(user == null ? "" : user.name());
        name.setReadOnly(user != null);
        fullName.setValue(user == null || user.fullName() == null ? "" : user.fullName());
        email.setValue(user == null || user.email() == null ? "" : user.email());
        roles.setValue(user == null ? List.of() : Arrays.stream(Role.values()).filter(role -> user.roles().contains(role.name())).toList());
        accounts.setValue(user == null || user.accounts() == null ? "" : String.join(", ", user.accounts()));
        keep.setText(user == null ? make : "Keep the changes");
        other.setVisible(user != null);
        Fields.check(name, "");
        Fields.check(accounts, "");
    }

    private void wanted(BiConsumer<User, Wanted> send) {
        List<String> own = Arrays.stream(accounts.getValue().split("[, ]+")).filter(each -> !each.isBlank()).toList();
        if (Fields.check(name, name.getValue().matches("[a-z][a-z0-9._-]{1,39}") ? "" : "2 to 40 small letters, digits, dots, - and _, a letter first.")
                & Fields.check(accounts, own.size() <= MOST_ACCOUNTS && own.stream().allMatch(each -> each.matches("[1-9][0-9]{0,17}")) ? "" : "Numbers of accounts, 1 000 at most.")) {
            send.accept(shown, new Wanted(shown == null ? name.getValue() : null, roles.getValue().stream().map(Enum::name).sorted().toList(), own.isEmpty() ? null : own,
                    shown != null && own.isEmpty() ? true : null, fullName.isEmpty() && shown == null ? null : fullName.getValue(), email.isEmpty() && shown == null ? null : email.getValue(), null));
        }
    }
}
