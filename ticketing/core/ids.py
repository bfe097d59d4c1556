"""The names of the numbers by which rows know each other."""

from typing import NewType

MallId = NewType("MallId", int)
TenantId = NewType("TenantId", int)
ServiceId = NewType("ServiceId", int)
ZoneId = NewType("ZoneId", int)
CounterId = NewType("CounterId", int)
TicketId = NewType("TicketId", int)
SlipId = NewType("SlipId", int)
DeviceId = NewType("DeviceId", int)
LeaseId = NewType("LeaseId", int)
PersonId = NewType("PersonId", int)
ComplaintId = NewType("ComplaintId", int)
AppointmentId = NewType("AppointmentId", int)
