"""Ways in which an agreed time is refused; the tree they belong to is `ticketing.core.refused`."""

from ticketing.core.refused import Conflict, Unknown


class UnknownAppointment(Unknown):
    """No agreed time of that code on a day near today."""

    code = "unknown_appointment"
    sentence = "There is no appointment of that code around today; check code and date, or take an ordinary number."


class AppointmentOfSeveral(Conflict):
    """Several tenants use the code on that day."""

    code = "appointment_of_several"
    sentence = "Several agencies use this code; say with which one the appointment is (tenant)."


class AppointmentUsed(Conflict):
    """A number was given out for it already."""

    code = "appointment_used"
    sentence = "A number was already given out for this appointment; ask the staff if it is lost."


class AppointmentNotToday(Conflict):
    """The agreed time is on another day."""

    code = "appointment_not_today"
    sentence = "This appointment is not today; come on its day, or take an ordinary number."
