/* What libical, the reader of GNOME Evolution and many others, makes of calendars.
 *
 *     bin/ics PATH...
 *
 * answers in the form that ics.py describes. Time zones come from the file alone, and so does a refusal: the
 * library notes what it could not read instead of failing, and its own table of restrictions (RFC 5546) is asked too.
 * `.ci/run` compiles it.
 */

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static char *file_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(2);
    }
    size_t length = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(length + 1);
    if (text == NULL || fread(text, 1, length, file) != length) {
        perror(path);
        exit(2);
    }
    text[length] = '\0';
    fclose(file);
    return text;
}

static void print_string(const char *text)
{
    putchar('"');
    for (const unsigned char *at = (const unsigned char *)(text ? text : ""); *at != '\0'; at++) {
        if (*at == '"' || *at == '\\') {
            printf("\\%c", *at);
        } else if (*at < 0x20) {
            printf("\\u%04x", *at);
        } else {
            putchar(*at);
        }
    }
    putchar('"');
}

/* A start or an end, in quotation marks. */
static void print_moment(icalcomponent *calendar, icalproperty *property)
{
    struct icaltimetype time = icalvalue_get_datetime(icalproperty_get_value(property));
    icalparameter *tzid = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    icaltimezone *zone = tzid ? icalcomponent_get_timezone(calendar, icalparameter_get_tzid(tzid)) : NULL;
    if (tzid != NULL && zone == NULL) {
        printf("\"in a zone that the file does not describe\"");
    } else if (time.is_date) {
        printf("\"%04d-%02d-%02d\"", time.year, time.month, time.day);
    } else if (tzid == NULL && !icaltime_is_utc(time)) {
        printf("\"%04d-%02d-%02dT%02d:%02d:%02d\"", time.year, time.month, time.day, time.hour, time.minute,
               time.second);
    } else {
        time_t instant = icaltime_as_timet_with_zone(time, zone ? zone : icaltimezone_get_utc_timezone());
        char written[64];
        strftime(written, sizeof written, "%Y-%m-%dT%H:%M:%SZ", gmtime(&instant));
        printf("\"%s\"", written);
    }
}

static void print_event(icalcomponent *calendar, icalcomponent *event)
{
    printf("{\"uid\": ");
    print_string(icalcomponent_get_uid(event));
    printf(", \"start\": ");
    print_moment(calendar, icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY));
    printf(", \"end\": ");
    print_moment(calendar, icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY));
    printf(", \"summary\": ");
    print_string(icalcomponent_get_summary(event));
    printf(", \"description\": ");
    print_string(icalcomponent_get_description(event));
    printf("}");
}

/* Why the library would not have this calendar, or nothing. */
static const char *refusal(icalcomponent *calendar)
{
    if (calendar == NULL || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
        return "it is not one calendar";
    }
    if (icalcomponent_count_errors(calendar) > 0) {
        return "lines of it cannot be read";
    }
    if (!icalrestriction_check(calendar)) {
        return "a property is missing or stands too often";
    }
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event != NULL; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        if (icalcomponent_count_properties(event, ICAL_DTSTART_PROPERTY) != 1 ||
            icalcomponent_count_properties(event, ICAL_DTEND_PROPERTY) != 1) {
            return "an event has no start or no end";
        }
    }
    return NULL;
}

static void print_answer(const char *path)
{
    char *text = file_text(path);
    icalcomponent *calendar = icalparser_parse_string(text);
    const char *refused = refusal(calendar);
    if (refused != NULL) {
        print_string(refused);
    } else {
        const char *between = "";
        putchar('[');
        icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
        for (; event != NULL; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
            printf("%s", between);
            print_event(calendar, event);
            between = ",\n";
        }
        putchar(']');
    }
    if (calendar != NULL) {
        icalcomponent_free(calendar);
    }
    free(text);
}

int main(int count, char **arguments)
{
    if (count == 2 && arguments[1][0] == '-') {
        printf("libical %s\n", ICAL_VERSION);
        return 0;
    }
    icalerror_set_errors_are_fatal(0);
    printf("{\"libical\": {");
    for (int index = 1; index < count; index++) {
        printf("%s", index > 1 ? ",\n" : "");
        print_string(arguments[index]);
        printf(": ");
        print_answer(arguments[index]);
    }
    printf("}}\n");
    return 0;
}
