package io.partita.console.ui;

import com.vaadin.flow.component.shared.HasValidationProperties;

/** Fields and what is wrong with what they hold. */
public final class Fields {

    private Fields() {
    }

    /** Says at the field what is wrong, or that nothing is if the text is empty. Returns whether nothing is. */
    public static boolean check(HasValidationProperties field, String problem) {
        field.setErrorMessage(problem);
        field.setInvalid(!problem.isEmpty());
        return problem.isEmpty();
    }
}
