package io.xtcmk.core.services;

import com.azure.core.management.Region;
import io.xtcmk.model.Difference;
import io.xtcmk.model.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a resource is, and where it would be made.
 *
 * @param id the resource
 * @param region where to make it; null if it must be there already
 */
public record Place(ResourceId id, @Nullable Region region) {

    /** What a resource's location has otherwise, where a region was asked for. */
    public List<Difference> differences(String location) {
        return region == null || region.equals(Region.fromName(location))
                ? List.of()
                : List.of(new Difference("location", region.name(), location));
    }

    /** The region, where one was given. */
    public Region regionToMakeIn() {
        if (region == null) {
            throw new IllegalStateException("no region for " + id);
        }
        return region;
    }
}
