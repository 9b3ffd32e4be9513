package io.xtcmk.core.services;

import io.xtcmk.core.errors.ErrorTable;
import io.xtcmk.model.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The services whose resources take a customer's key, by the type of these resources. */
public final class EncryptedServices {
    private static final List<EncryptedService<?>> ALL = StreamSupport.stream(
                    ServiceLoader.load(ErrorTable.class, EncryptedServices.class.getClassLoader())
                            .spliterator(),
                    false)
            .filter(EncryptedService.class::isInstance)
            .<EncryptedService<?>>map(table -> (EncryptedService<?>) table)
            .toList();

    private EncryptedServices() {}

    /** All of them. */
    public static List<EncryptedService<?>> all() {
        return ALL;
    }

    /** The service of a resource, if it is one of them. */
    public static Optional<EncryptedService<?>> of(ResourceId id) {
        return ALL.stream()
                .filter(service -> service.type().equalsIgnoreCase(id.type()))
                .findFirst();
    }

    /** What people call their resources: {@code a storage account or an Azure SQL server}. */
    public static String labels() {
        return ALL.stream().map(EncryptedService::label).collect(Collectors.joining(" or "));
    }
}
