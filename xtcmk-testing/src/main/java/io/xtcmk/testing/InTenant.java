package io.xtcmk.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which tenant of the {@link FakeAzure} a parameter is, where a {@link FakeAzureExtension} gives it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface InTenant {
    /**
     * The tenant's name, as in {@link FakeAzure#tenant(String)}.
     *
     * @return a short name such as {@code contoso}
     */
    String value();
}
