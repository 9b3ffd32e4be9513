package io.xtcmk.core.errors;

import java.util.List;

/**
 * A service's part of the catalogue, found by {@link java.util.ServiceLoader}, so that the catalogue need not know the
 * services that are built on it.
 */
public interface ErrorTable {

    /** The service's name, as a heading. */
    String title();

    /** Its codes. */
    List<ErrorCatalogue.Entry> errors();
}
