package io.xtcmk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.internal.Texts;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of a resource in a resource group, as Azure Resource Manager writes it. Ids are the same regardless of letter
 * case, and compare so.
 */
public final class ResourceId {
    private static final String FIX =
            "give /subscriptions/{id}/resourceGroups/{name}/providers/{namespace}/{type}/{name}";
    /** Whatever would end a URL's path, be decoded to something else, or not be seen. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{C}\\p{Z}?#%\\\\]");

    private final String value;
    /** Ids differ in case only, and are compared by this. */
    private final String folded;

    private final SubscriptionId subscriptionId;
    private final String resourceGroup;
    private final String type;
    private final String name;

    private ResourceId(String value, List<String> segments) {
        this.value = value;
        this.folded = value.toLowerCase(Locale.ROOT);
        this.subscriptionId = SubscriptionId.of(segments.get(2));
        this.resourceGroup = segments.get(4);
        this.type = typeOf(segments);
        this.name = segments.get(segments.size() - 1);
    }

    /** Of a resource that extends another, such as a role assignment, the type begins at the last provider. */
    private static String typeOf(List<String> segments) {
        StringBuilder types = new StringBuilder();
        for (int i = 5; i < segments.size(); i += 2) {
            if (isProviders(segments.get(i))) {
                types = new StringBuilder(segments.get(i + 1));
            } else {
                types.append('/').append(segments.get(i));
            }
        }
        return types.toString();
    }

    /**
     * Reads an id.
     *
     * @param text the id, as in {@code /subscriptions/{id}/resourceGroups/{name}/providers/Microsoft.X/type/name}, with
     *     further pairs of type and name for child resources; surrounding blanks are ignored
     * @return the id
     * @throws InvalidInputException if it is not of that form
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ResourceId of(String text) {
        String stripped = Checks.notBlank("resourceId", text).strip();
        List<String> segments = List.of(stripped.split("/", -1));
        if (!isShaped(segments) || !isFit(segments)) {
            throw new InvalidInputException(
                    "resourceId",
                    "\"" + Checks.shown(text) + "\" is not the id of a resource in a resource group",
                    FIX);
        }
        return new ResourceId(stripped, segments);
    }

    private static boolean isShaped(List<String> segments) {
        int size = segments.size();
        return size >= 9
                && size % 2 == 1
                && segments.get(0).isEmpty()
                && segments.get(1).equalsIgnoreCase("subscriptions")
                && segments.get(3).equalsIgnoreCase("resourceGroups")
                && isProviders(segments.get(5))
                && !isProviders(segments.get(7))
                && !isProviders(segments.get(size - 2));
    }

    private static boolean isFit(List<String> segments) {
        return segments.stream()
                .skip(1)
                .noneMatch(s -> s.isEmpty()
                        || s.equals(".")
                        || s.equals("..")
                        || UNFIT.matcher(s).find()
                        || !Texts.isOneLine(s));
    }

    private static boolean isProviders(String segment) {
        return segment.equalsIgnoreCase("providers");
    }

    /**
     * Makes an id from its parts.
     *
     * @param subscription the subscription
     * @param resourceGroup the resource group's name
     * @param type namespace and type, such as {@code Microsoft.Storage/storageAccounts}
     * @param name the resource's name
     * @return the id
     * @throws InvalidInputException if a part is null, blank or not of its form
     */
    public static ResourceId of(SubscriptionId subscription, String resourceGroup, String type, String name) {
        Checks.notNull("subscription", subscription);
        segments("resourceGroup", resourceGroup, 1, "give the resource group's name alone");
        segments("type", type, 2, "give namespace and type, such as Microsoft.Storage/storageAccounts");
        segments("name", name, 1, "give the resource's name alone");
        return of("/subscriptions/" + subscription + "/resourceGroups/" + resourceGroup + "/providers/" + type + "/"
                + name);
    }

    /** A part with a slash of its own would make an id of another resource. */
    private static void segments(String argument, String text, int count, String fix) {
        List<String> segments = List.of(("/" + Checks.notBlank(argument, text)).split("/", -1));
        if (segments.size() != count + 1 || !isFit(segments)) {
            throw new InvalidInputException(argument, "\"" + Checks.shown(text) + "\" cannot be part of an id", fix);
        }
    }

    /**
     * The subscription in which the resource is.
     *
     * @return its id
     */
    public SubscriptionId subscriptionId() {
        return subscriptionId;
    }

    /**
     * The resource group in which the resource is.
     *
     * @return its name
     */
    public String resourceGroup() {
        return resourceGroup;
    }

    /**
     * The resource's type with its namespace, such as {@code Microsoft.Sql/servers}.
     *
     * @return the type
     */
    public String type() {
        return type;
    }

    /**
     * The resource's own name, the last segment.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResourceId id && id.folded.equals(folded);
    }

    @Override
    public int hashCode() {
        return folded.hashCode();
    }

    /** The id as Azure wrote it. */
    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
