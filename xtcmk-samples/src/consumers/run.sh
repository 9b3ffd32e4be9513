#!/usr/bin/env bash
# Builds projects that depend on xtcmk in the ways that users do, from nothing but the built repository, and runs in each the
# three phases over TLS against the served fake on the runtime class path, and README.md's own test on the test class path.
#
#   run.sh STANDALONE_JAR [PROJECT...]
#
# Without names of projects, all of them.
# What the projects depend on, and the code that they run, are the lines of README.md's section "Use".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

readonly JAR=$1
shift
readonly ONLY="$*"
readonly SOURCES=xtcmk-samples/src/consumers
readonly MODULE=com.example.onboarding
WORK=$(mktemp -d)
readonly WORK
FAKE=
KNOWN_CONFLICTS=
trap '[[ -z $FAKE ]] || kill "$FAKE"; rm -rf "$WORK"' EXIT

fail() {
    printf 'FAILED: %s\n' "$1" >&2
    exit 1
}

# The fenced blocks in the language $2 between the markers $1:begin and $1:end of README.md.
readme() {
    awk -v name="<!-- $1" -v fence='```'"$2" '
        $0 == name ":begin -->" { inside = 1 }
        $0 == name ":end -->"   { inside = 0 }
        inside && $0 == fence   { copying = 1; next }
        copying && /^```/       { copying = 0 }
        copying                 { print }' README.md
}

bom() {
    printf '<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>' "$1" "$2" "$3"
    printf '<type>pom</type><scope>import</scope></dependency>\n'
}

# What deploys puts into a repository in a folder, and what users have downloaded, but nothing of ours.
repositories() {
    mvn -q deploy -DskipTests "-DaltDeploymentRepository=built::file://$WORK/built"
    local mine=${MAVEN_REPO_LOCAL:-$HOME/.m2/repository}
    cp -al "$mine" "$WORK/local" 2>/dev/null || cp -r "$mine" "$WORK/local"
    rm -rf "$WORK/local/io/xtcmk"
}

serve() {
    : >"$WORK/fake.log"
    java -jar "$JAR" --dir "$WORK/fake" >"$WORK/fake.log" 2>&1 &
    FAKE=$!
    until grep -qx ready "$WORK/fake.log"; do
        kill -0 "$FAKE" 2>/dev/null || fail "the fake did not start: $(cat "$WORK/fake.log")"
        sleep 0.1
    done
}

dependency() {
    printf '<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>\n' "$1" "$2" "$3"
}

# A project: its name, its bills of materials, the version of JUnit to ask for, and perhaps more dependencies.
project() {
    local folder=$WORK/$1 junit=$3 more=${4:-}
    mkdir -p "$folder/src/main/java/consumer" "$folder/src/test/java/consumer"
    {
        sed -e "s#@NAME@#$1#; s#@REPOSITORY@#file://$WORK/built#" "$SOURCES/head.xml"
        printf '<dependencyManagement><dependencies>%s</dependencies></dependencyManagement>\n' "$2"
        readme use:dependencies xml | sed '/<\/dependencies>/d'
        printf '%s' "$more"
        printf '<dependency><groupId>io.xtcmk</groupId><artifactId>xtcmk-testing-server</artifactId>'
        printf '<version>%s</version><scope>test</scope></dependency>' "$VERSION"
        printf '<dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId>%s' \
            "${junit:+<version>$junit</version>}"
        printf '<scope>test</scope></dependency>'
        printf '<dependency><groupId>org.junit.platform</groupId><artifactId>junit-platform-testkit</artifactId>%s' \
            "${junit:+<version>${junit/#5./1.}</version>}"
        printf '<scope>test</scope></dependency>'
        printf '<dependency><groupId>org.assertj</groupId><artifactId>assertj-core</artifactId><version>3.27.7</version>'
        printf '<scope>test</scope></dependency></dependencies></project>\n'
    } >"$folder/pom.xml"
    {
        printf 'package consumer;\n'
        readme use:code java | grep '^import '
        cat "$SOURCES/Main.head"
        readme use:code java | grep -v '^import ' | with_real_ids
        printf '        report(account);\n    }\n}\n'
    } >"$folder/src/main/java/consumer/Main.java"
    sed 's/^package .*/package consumer;/' xtcmk-samples/src/test/java/io/xtcmk/samples/Onboarding.java \
        >"$folder/src/main/java/consumer/Onboarding.java"
    {
        cat "$SOURCES/OnboardingTest.head"
        readme use:test java
    } >"$folder/src/test/java/consumer/OnboardingTest.java"
    cp "$SOURCES/ServedTest.java" "$folder/src/test/java/consumer/"
    # The extension's own tests, on this project's JUnit.
    mkdir -p "$folder/src/test/java/io/xtcmk/testing"
    cp xtcmk-testing/src/test/java/io/xtcmk/testing/FakeAzureExtensionTest.java \
        xtcmk-testing/server/src/test/java/io/xtcmk/testing/ServedExtensionTest.java "$folder/src/test/java/io/xtcmk/testing/"
}

# README.md has made-up ids; the fake's tenant has ids of its own.
with_real_ids() {
    sed -e 's/"8f9a2c1e-[0-9a-f-]*a001"/System.getenv("PROVIDER_TENANT_ID")/' \
        -e 's/"8f9a2c1e-[0-9a-f-]*a002"/System.getenv("PROVIDER_SUBSCRIPTION_ID")/'
}

maven() {
    (cd "$WORK/$1" && shift && mvn -q "-Dmaven.repo.local=$WORK/local" "$@")
}

# Fails if there is more than one version of a family of libraries on the runtime class path $1.
one_version_each() {
    tr ':' '\n' <"$1" | awk -F/ '
        function see(family, version) {
            if (!((family, version) in seen)) {
                seen[family, version]
                versions[family] = versions[family] " " version
                count[family]++
            }
        }
        $NF ~ /tcnative/        { next }
        /\/io\/netty\//                { see("netty", $(NF - 1)) }
        /\/projectreactor\/reactor-core\// { see("reactor-core", $(NF - 1)) }
        /\/projectreactor\/netty\//     { see("reactor-netty", $(NF - 1)) }
        /\/jetbrains\/kotlin\//         { see("kotlin", $(NF - 1)) }
        /\/squareup\/okhttp3\//         { see("okhttp", $(NF - 1)) }
        # A patch of one of its artifacts is of the same line.
        /\/fasterxml\/jackson\//        { split($(NF - 1), part, "."); see("jackson", part[1] "." part[2]) }
        END {
            for (family in versions) {
                if (count[family] > 1) { printf "more than one version of "; bad = 1 }
                printf "%s%s; ", family, versions[family]
            }
            print ""
            exit bad
        }'
}

# Takes the project $1 through the phase $2, and writes its runtime class path.
classpath() {
    maven "$1" "$2" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -DincludeScope=runtime \
        "-Dmdep.outputFile=$WORK/$1.classpath" >"$WORK/$1.log" 2>&1 || {
        tail -n 60 "$WORK/$1.log"
        fail "$1: $2"
    }
}

# Fails if Maven has to choose between versions, in the project $1, of anything but what azure-core and azure-identity ask for
# in several versions by themselves. Maven takes the newest of each.
conflicts() {
    local found
    # Without -q, which hides warnings.
    (cd "$WORK/$1" && mvn "-Dmaven.repo.local=$WORK/local" org.apache.maven.plugins:maven-enforcer-plugin:3.7.0:enforce \
        -Denforcer.rules=dependencyConvergence -Denforcer.fail=false) >"$WORK/$1.log" 2>&1 ||
        fail "$1: $(tail -n 20 "$WORK/$1.log")"
    found=$(sed -nE 's/.*Dependency convergence error for ([^:]*:[^:]*):.*/\1/p' "$WORK/$1.log" | sort -u | tr '\n' ' ')
    if [[ $1 == azure-identity ]]; then
        KNOWN_CONFLICTS=$found
        echo "conflicts of azure-identity alone: $found"
    else
        for artifact in $found; do
            [[ " $KNOWN_CONFLICTS" == *" $artifact "* ]] || fail "$1: several versions of $artifact"
        done
    fi
}

# A project without us, for comparison.
azure_alone() {
    mkdir -p "$WORK/azure-identity"
    {
        sed -e "s#@NAME@#azure-identity#; s#@REPOSITORY@#file://$WORK/built#" "$SOURCES/head.xml"
        printf '<dependencies>'
        readme use:dependencies xml | sed -n '/<groupId>com.azure/,/<\/dependency>/p' | sed '1i <dependency>'
        printf '</dependencies></project>\n'
    } >"$WORK/azure-identity/pom.xml"
    conflicts azure-identity
}

wanted() { [[ -z $ONLY || " $ONLY " == *" $1 "* ]]; }

check() {
    local name=$1
    wanted "$name" || return 0
    project "$@"
    printf '%-22s ' "$name"
    classpath "$name" test
    conflicts "$name"
    one_version_each "$WORK/$name.classpath" || fail "$name: its runtime class path"
    grep -q xtcmk-testing "$WORK/$name.classpath" && fail "$name: the fake is on the runtime class path"
    phases "$name" -cp "$WORK/$name/target/classes:$(cat "$WORK/$name.classpath")" consumer.Main
}

# One that is traced by OpenTelemetry, as GUIDE.md says: the spans of requests are below those of steps, and these below the
# call's, in one trace.
check_traced() {
    local name=opentelemetry
    wanted "$name" || return 0
    project "$name" "$(bom io.opentelemetry opentelemetry-bom 1.58.0)" 6.1.3 "$(
        dependency com.azure azure-core-tracing-opentelemetry 1.0.0-beta.61
        dependency io.opentelemetry opentelemetry-sdk-extension-autoconfigure 1.58.0
        dependency io.opentelemetry opentelemetry-exporter-logging 1.58.0
    )"
    printf '%-22s ' "$name"
    classpath "$name" compile
    one_version_each "$WORK/$name.classpath" || fail "$name: its runtime class path"
    phases "$name" -Dotel.java.global-autoconfigure.enabled=true -Dotel.traces.exporter=console \
        -Dotel.metrics.exporter=none -Dotel.logs.exporter=none \
        -cp "$WORK/$name/target/classes:$(cat "$WORK/$name.classpath")" consumer.Main
    # A line for each span: 'name' : trace span kind [tracer] attributes.
    sed -nE "s/.*'([^']+)' : ([0-9a-f]{32}) [0-9a-f]{16} (INTERNAL|CLIENT) .*/\2 \1/p" "$WORK/$name.out" >"$WORK/$name.spans"
    local verb trace
    for verb in createFederatedApp authorize create; do
        trace=$(awk -v name="CrossTenantCmk.$verb" '$2 == name { print $1 }' "$WORK/$name.spans")
        [[ $trace =~ ^[0-9a-f]{32}$ ]] || fail "$name: no single span of $verb: $(sort -k 2 "$WORK/$name.spans" | uniq -c)"
        grep -q "^$trace xtcmk\." "$WORK/$name.spans" || fail "$name: no step in the trace of $verb"
        grep -qE "^$trace (GET|PUT|PATCH|POST|HTTP)" "$WORK/$name.spans" || fail "$name: no request in the trace of $verb"
    done
    printf '%22s %d spans in the traces of createFederatedApp, authorize and create\n' "" "$(wc -l <"$WORK/$name.spans")"
}

# A project that is a module, with Maven's own layout: what it requires are modules, and the rest is on the class path.
check_module() {
    local name=module
    wanted "$name" || return 0
    project "$name" "" 6.1.3
    # The same package cannot be in the project's module and on the class path; and README.md's test is what matters here.
    rm -r "$WORK/$name/src/test/java/io" "$WORK/$name/src/test/java/consumer/ServedTest.java"
    cp "$SOURCES/module-info.java" "$WORK/$name/src/main/java/"
    printf '%-22s ' "$name"
    classpath "$name" test
    module_phases "$name" consumer.Main
}

# One whose program, not its tests, uses the fake: that is a module then.
check_module_with_fake() {
    local name=module-with-fake
    wanted "$name" || return 0
    project "$name" "" 6.1.3
    sed 's/requires io.xtcmk;/&\n    requires io.xtcmk.testing;/' "$SOURCES/module-info.java" \
        >"$WORK/$name/src/main/java/module-info.java"
    cp "$SOURCES/FakeMain.java" "$WORK/$name/src/main/java/consumer/"
    awk '/<artifactId>xtcmk-testing/ { ours = 1 } /<\/dependency>/ && !/xtcmk-testing/ { ours = 0 }
        { if (ours) gsub("<scope>test</scope>", ""); print }' "$WORK/$name/pom.xml" >"$WORK/$name/pom"
    mv "$WORK/$name/pom" "$WORK/$name/pom.xml"
    printf '%-22s ' "$name"
    classpath "$name" compile
    module_phases "$name" consumer.FakeMain
}

# Runs a class of the module project $1.
module_phases() {
    local layout=$WORK/$1.layout
    java "$SOURCES/ModuleLayout.java" "$MODULE" "$WORK/$1/target/classes:$(cat "$WORK/$1.classpath")" >"$layout"
    grep -q xtcmk-api <(head -n 1 "$layout") || fail "$1: the API is no module"
    grep -q xtcmk-core <(tail -n 1 "$layout") || fail "$1: the implementation is not on the class path"
    printf '%d modules, %d jars on the class path\n' "$(head -n 1 "$layout" | tr ':' '\n' | wc -l)" \
        "$(tail -n 1 "$layout" | tr ':' '\n' | wc -l)"
    phases "$1" -p "$(head -n 1 "$layout")" -cp "$(tail -n 1 "$layout")" -m "$MODULE/$2"
}

# Runs the three phases in a process, with the rest as arguments to java.
phases() {
    local name=$1
    shift
    # shellcheck disable=SC1091,SC2086
    (
        . "$WORK/fake/env.sh"
        export AZURE_TENANT_ID=$PROVIDER_TENANT_ID AZURE_CLIENT_ID=$PROVIDER_CLIENT_ID
        export AZURE_CLIENT_SECRET=$PROVIDER_CLIENT_SECRET
        java $XTCMK_JAVA_OPTS "$@"
    ) >"$WORK/$name.out" 2>&1 || {
        tail -n 40 "$WORK/$name.out"
        fail "$name: the three phases"
    }
    grep -q '^under ' "$WORK/$name.out" || fail "$name: $(cat "$WORK/$name.out")"
    printf '%22s three phases: %s\n' "" "$(grep '^under ' "$WORK/$name.out")"
}

VERSION=$(sed -nE 's#^  <version>(.*)</version>#\1#p' pom.xml | head -n 1)
readonly VERSION
repositories
serve
azure_alone
check plain "" 5.12.0
check azure-sdk-bom "$(bom com.azure azure-sdk-bom 1.3.3)" 5.14.4
check spring-boot-3.5 "$(bom org.springframework.boot spring-boot-dependencies 3.5.16)" ""
check spring-boot-4.0 "$(bom org.springframework.boot spring-boot-dependencies 4.0.8)" ""
check quarkus "$(bom io.quarkus.platform quarkus-bom 3.33.1)" ""
check xtcmk-bom "$(bom io.xtcmk xtcmk-bom "$VERSION")" 6.1.3
# After Azure's, which must not win.
check xtcmk-security-updates \
    "$(bom com.azure azure-sdk-bom 1.3.3; bom io.xtcmk xtcmk-security-updates "$VERSION")" 6.1.3
check_traced
check_module
check_module_with_fake
[[ -n $ONLY ]] || echo "10 consumers"
