package org.ehashpool.templateprovider.template;

import java.util.Optional;
import org.ehashpool.sv2.type.U64;

/**
 * A template under its number. Immutable.
 *
 * @param id template_id
 * @param draft what it is
 * @param tip what it builds on; empty for a future template that was not named yet
 */
public record ServedTemplate(@U64 long id, Draft draft, Optional<Tip> tip) {

    /** The same, named by a SetNewPrevHash. */
    public ServedTemplate on(Tip named) {
        return new ServedTemplate(id, draft, Optional.of(named));
    }
}
